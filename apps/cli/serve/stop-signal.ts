/**
 * npm passes on the signal that the terminal has already sent to all of us, so one Ctrl-C arrives twice: only a signal
 * that comes later than this is a second one.
 */
const SAME_SIGNAL = 500;

/** SIGTERM and Ctrl-C: the first asks to stop when the work is done, the second to stop now. */
export class StopSignal {
  readonly first: Promise<undefined>;
  readonly second: Promise<void>;
  private ask: () => void = () => undefined;
  private force: () => void = () => undefined;
  private asked: number | undefined;
  private readonly onSignal = () => this.signalled(performance.now());

  constructor() {
    this.first = new Promise((resolve) => (this.ask = () => resolve(undefined)));
    this.second = new Promise((resolve) => (this.force = resolve));
    process.on('SIGTERM', this.onSignal).on('SIGINT', this.onSignal);
  }

  dispose(): void {
    process.off('SIGTERM', this.onSignal).off('SIGINT', this.onSignal);
  }

  private signalled(now: number): void {
    this.asked ??= now;
    if (now - this.asked > SAME_SIGNAL) this.force();
    else this.ask();
  }
}
