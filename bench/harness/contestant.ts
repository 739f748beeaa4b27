/**
 * A contestant is a program of its own: what one does to its heap, its caches and its compiled code is not the other's. The
 * parent's side of it; `contestant-main.ts` is the child's.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Measured } from './results.js';

/** What a contestant's module exports as `open`. `S`: how it is set up, `W`: what one turn is asked to do. Both plain JSON. */
export type OpenContestant<S, W> = (settings: S) => Promise<OpenedContestant<W>>;

export interface OpenedContestant<W> {
  /** Does the work once and says how it went. */
  readonly turn: (work: W) => Promise<Measured>;
  readonly close: () => Promise<void>;
}

export type ToContestant =
  | { readonly kind: 'open'; readonly module: string; readonly settings: unknown }
  | { readonly kind: 'turn'; readonly work: unknown }
  | { readonly kind: 'close' };

export type FromContestant =
  | { readonly kind: 'done'; readonly measured?: Measured; readonly peakMemory: number }
  | { readonly kind: 'failed'; readonly error: string };

/** Nothing that a contestant is asked takes so long. */
const LIMIT = 30 * 60_000;

/** A contestant at work in a child process. */
export class Contestant<W> {
  /** Most memory that the process ever had resident, in MiB. */
  peakMemory = 0;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {}

  /**
   * @param name as the row calls it
   * @param module file in `contestants/`, without ending
   * @throws what the module throws, as text
   */
  static async open<S, W>(name: string, module: string, settings: S): Promise<Contestant<W>> {
    const main = fileURLToPath(new URL('./contestant-main.js', import.meta.url));
    const child = fork(main, {
      stdio: ['ignore', 2, 2, 'ipc'],
      serialization: 'advanced',
      execArgv: profiling(module),
    });
    const contestant = new Contestant<W>(name, child);
    await contestant.ask({ kind: 'open', module, settings });
    return contestant;
  }

  async turn(work: W): Promise<Measured> {
    const measured = await this.ask({ kind: 'turn', work });
    if (measured === undefined) throw new Error(`${this.name} measured nothing`);
    return measured;
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    await this.ask({ kind: 'close' });
    this.child.disconnect();
    await ended;
  }

  private async ask(message: ToContestant): Promise<Measured | undefined> {
    const settled = new AbortController();
    const { signal } = settled;
    const failed = (error: string) => (): FromContestant => ({ kind: 'failed', error });
    const outcomes = [
      once(this.child, 'message', { signal }).then(([answer]) => answer as FromContestant),
      once(this.child, 'exit', { signal }).then(failed('its process ended')),
      pause(LIMIT, undefined, { signal }).then(failed('it does not come to an end')),
    ];
    this.child.send(message);
    const answer = await Promise.race(outcomes);
    settled.abort();
    if (answer.kind === 'failed') throw new Error(`${this.name}: ${answer.error}`);
    this.peakMemory = answer.peakMemory;
    return answer.measured;
  }
}

/** `FORLOP_BENCH_PROFILE=forlop-append` writes a CPU profile of that contestant to the current folder. */
function profiling(module: string): string[] {
  return process.env['FORLOP_BENCH_PROFILE'] === module ? ['--cpu-prof'] : [];
}
