import { StoreUnavailable } from '../../errors.js';
import { Nudges } from '../../nudges.js';
import type { Position } from '../../port.js';
import { positionOf } from './envelope.js';
import { formatLogPosition, logPositionOf, START } from './kind.js';
import { within } from './pending.js';
import { OWN_EVENTS_ONLY, type Call, type Wire, type WireEvent, type WireMessage } from './wire.js';

export interface TailOptions {
  /** ms until a subscription that does not open is given up. */
  readonly timeout: number;
  /** ms without a word until the server is asked whether there is something that was not sent. */
  readonly watchEvery: number;
  /** ms until a broken subscription is opened again; doubles with each that breaks at once, up to `MOST`. */
  readonly reopenAfter: number;
}

/** Called for each event, in order, once. What it throws is the store's fault and ends nothing. */
export type TailListener = (event: WireEvent) => void;

const MOST = 5_000;

/**
 * What is appended to the store, by anybody, as it comes: a subscription that is opened again whenever it breaks, ends or
 * goes deaf. `position` moves only with what the listeners have had, in the order of the wire.
 */
export class Tail {
  position: Position;
  private call: Call | undefined;
  private heardAt = Date.now();
  private breaks = 0;
  private isPaused = false;
  private readonly wakes = new Nudges();
  private readonly stopping = new AbortController();
  private readonly waiting = new Set<{ position: Position; resolve: () => void }>();
  private running: Promise<void> = Promise.resolve();
  private watch: NodeJS.Timeout | undefined;

  constructor(
    private readonly wire: Wire,
    private readonly head: () => Promise<Position | null>,
    private readonly options: TailOptions,
    private readonly listener: TailListener,
    from: Position,
  ) {
    this.position = from;
  }

  start(): void {
    this.watch = setInterval(() => void this.look(), this.options.watchEvery);
    this.watch.unref();
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.watch);
    this.call?.cancel();
    await this.running;
    for (const { resolve } of this.waiting) resolve();
  }

  /** Resolves when everything up to the position has come. @throws StoreUnavailable after so many ms */
  async reached(position: Position, timeout: number, operation: string): Promise<void> {
    if (this.position >= position) return;
    // Whoever knows of that position has heard from the server: no time to wait before it is asked again.
    this.wakes.ring();
    const waiter = { position, resolve: (): void => undefined };
    const come = new Promise<void>((resolve) => (waiter.resolve = resolve));
    this.waiting.add(waiter);
    try {
      await within(timeout, come);
    } catch (error) {
      throw new StoreUnavailable(operation, error);
    } finally {
      this.waiting.delete(waiter);
    }
    if (this.position < position) throw new StoreUnavailable(operation);
  }

  /** Goes on from a later position: what lies between is of no use any more. */
  skipTo(position: Position): void {
    if (position <= this.position) return;
    this.move(position);
    this.call?.cancel();
  }

  /** Holds the server back while there is more than can be kept. */
  pause(): void {
    this.isPaused = true;
    this.call?.pause();
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.heardAt = Date.now();
    this.call?.resume();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const before = this.position;
      const { seen } = this.wakes;
      try {
        await this.follow();
      } catch {
        // Whatever ended it, it is opened again: the store may be away, or have another leader.
      }
      this.call = undefined;
      this.breaks = this.position > before ? 0 : this.breaks + 1;
      if (!signal.aborted && this.breaks > 0) await this.wakes.after(seen, this.backOff(), signal);
    }
  }

  private async follow(): Promise<void> {
    const from = logPositionOf(this.position);
    if (from === 'beyond') return;
    this.heardAt = Date.now();
    const request = { kind: 'subscription', after: from, filter: OWN_EVENTS_ONLY } as const;
    const opening = this.wire.open(request, (message) => this.take(message));
    const call = await within(this.options.timeout, opening).catch((error: unknown) => {
      void opening.then((late) => late.cancel(), ignore);
      throw error;
    });
    this.call = call;
    if (this.isPaused) call.pause();
    if (this.stopping.signal.aborted) call.cancel();
    await call.ended;
  }

  private take(message: WireMessage): void {
    this.heardAt = Date.now();
    if (message.kind === 'event') {
      const position = positionOf(message.event);
      // The server may send what it has sent, after it was broken off or of its own.
      if (position <= this.position) return;
      this.listener(message.event);
      this.move(position);
    } else if (message.kind === 'checkpoint') {
      const position = formatLogPosition(message.position);
      // Some servers send the same one again and again.
      if (position > this.position) this.move(position);
    }
  }

  private move(position: Position): void {
    this.position = position;
    for (const waiter of this.waiting) if (waiter.position <= position) waiter.resolve();
  }

  /** A subscription may be connected and deaf: silence alone says nothing, silence behind the head does. */
  private async look(): Promise<void> {
    const { call } = this;
    if (call === undefined || this.isPaused || Date.now() - this.heardAt < this.options.watchEvery) return;
    const head = await this.head().catch(ignore);
    const isDeaf = Date.now() - this.heardAt >= this.options.watchEvery;
    if (this.call === call && isDeaf && (head ?? START) > this.position) call.cancel();
  }

  private backOff(): number {
    const time = Math.min(MOST, this.options.reopenAfter * 2 ** Math.min(this.breaks - 1, 10));
    // Not all processes at once.
    return time * (0.75 + Math.random() / 2);
  }
}

const ignore = (): undefined => undefined;
