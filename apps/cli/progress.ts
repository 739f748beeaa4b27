/** How far a long command has come: a bar on a terminal, a line now and then elsewhere. */
import { say } from './output.js';

/** What there is to tell at a moment. */
export interface Step {
  /** From 0 to 1. */
  readonly share: number;
  /** Of what is counted, done by now. */
  readonly done: number;
}

const BAR = 30;
const REDRAWN_EVERY = 100;
const TOLD_EVERY = 5_000;

export class ProgressBar {
  readonly #begun = performance.now();
  readonly #isTerminal = process.stderr.isTTY;
  #drawn = -Infinity;

  /** @param unit what is counted, e.g. `events` */
  constructor(private readonly unit: string) {}

  show(step: Step): void {
    const now = performance.now();
    if (now - this.#drawn < (this.#isTerminal ? REDRAWN_EVERY : TOLD_EVERY)) return;
    this.#drawn = now;
    const line = progressLine(step, this.unit, (now - this.#begun) / 1000);
    if (this.#isTerminal) process.stderr.write(`\r${line}\u001b[K`);
    else say(line);
  }

  /** Leaves the line to what comes next. */
  end(): void {
    if (this.#isTerminal) process.stderr.write('\r\u001b[K');
  }
}

/** `[########······] 42 %  123,456 events  20,512/s  0:07 left` */
export function progressLine({ share, done }: Step, unit: string, seconds: number): string {
  const part = Math.min(1, Math.max(0, share));
  const filled = Math.round(part * BAR);
  const rate = seconds > 0 ? done / seconds : 0;
  const left = part > 0 ? (seconds / part) * (1 - part) : undefined;
  return [
    `[${'#'.repeat(filled)}${'·'.repeat(BAR - filled)}] ${Math.floor(part * 100)} %`,
    `${grouped(done)} ${unit}`,
    `${grouped(rate)}/s`,
    left === undefined ? '' : `${clock(left)} left`,
  ]
    .join('  ')
    .trimEnd();
}

const grouped = (value: number): string => Math.round(value).toLocaleString('en-GB');

const clock = (seconds: number): string => {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};
