import { StoreUnavailable } from '../../errors.js';
import { WireFailure } from './failure.js';
import { within } from './pending.js';
import type { Call, ReadRequest, Wire, WireEvent } from './wire.js';

export interface CollectOptions {
  /** For `StoreUnavailable`. */
  readonly operation: string;
  /** ms without a word from the server until the read is given up. */
  readonly timeout: number;
}

/**
 * All events of a read that ends. An event that comes twice is given once.
 * @throws StoreUnavailable, WireFailure `no-such-position`
 */
export async function collect(
  wire: Wire,
  request: ReadRequest,
  options: CollectOptions,
): Promise<WireEvent[]> {
  const events: WireEvent[] = [];
  const silence = new Silence(options.timeout);
  try {
    const opening = wire.open(request, (message) => {
      silence.broken();
      if (message.kind === 'event' && !isRepeated(events.at(-1), message.event, request))
        events.push(message.event);
    });
    const call = await opened(opening, options.timeout);
    silence.over(call);
    await Promise.race([call.ended, silence.lasted]);
    return events;
  } catch (error) {
    if (error instanceof WireFailure && error.kind === 'no-such-position') throw error;
    throw error instanceof WireFailure ? new StoreUnavailable(options.operation, error) : error;
  } finally {
    silence.end();
  }
}

/** A call that opens too late is ended at once. */
async function opened(opening: Promise<Call>, timeout: number): Promise<Call> {
  try {
    return await within(timeout, opening);
  } catch (error) {
    opening.then(
      (call) => call.cancel(),
      () => undefined,
    );
    throw error;
  }
}

/** The same event once more, or one that was passed: in `$all` and in a stream the next one lies further on. */
function isRepeated(last: WireEvent | undefined, event: WireEvent, request: ReadRequest): boolean {
  if (last === undefined) return false;
  const step =
    request.kind === 'stream'
      ? event.revision - last.revision
      : Number(BigInt(event.commit) - BigInt(last.commit));
  if (step === 0 && request.kind !== 'stream') return event.prepare === last.prepare;
  return 'direction' in request && request.direction === 'backwards' ? step >= 0 : step <= 0;
}

/** Fails when the server says nothing for so long. */
class Silence {
  readonly lasted: Promise<never>;
  private fail: (failure: WireFailure) => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly timeout: number) {
    this.lasted = new Promise((_, reject) => (this.fail = reject));
    this.lasted.catch(() => undefined);
  }

  /** Watches a call, and ends it when it is silent. */
  over(call: Call): void {
    this.timer = setTimeout(() => {
      call.cancel();
      this.fail(new WireFailure('timeout'));
    }, this.timeout);
  }

  broken(): void {
    this.timer?.refresh();
  }

  end(): void {
    clearTimeout(this.timer);
  }
}
