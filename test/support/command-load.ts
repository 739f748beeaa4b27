import { randomUUID } from 'node:crypto';
import type { Answer, Client, Json } from '../e2e/support/client.js';

/** A command that was answered 201 at last, and how often it was sent. */
export interface Acknowledged {
  readonly personId: string;
  readonly streamId: string;
  readonly eventId: string;
  readonly position: string;
  readonly sent: number;
}

const PERSON: Json = {
  identifier: { kind: 'NONE' },
  name: { first: 'Synne', last: 'Testdatter' },
  birthDate: '2014-09-13',
  addressProtection: 'UGRADERT',
  on: '2026-03-02',
};
const PAUSE = 50;

/**
 * Writers that go on through anything: each sends a command under a key of its own, again and again until it is
 * acknowledged, and then the next. As a client does that is told to try again.
 */
export class CommandLoad {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that were no acknowledgement: status, slug, whether they say when to try again. */
  readonly refused: {
    readonly status: number;
    readonly kode: unknown;
    readonly retryAfter: string | undefined;
  }[] = [];
  private isOver = false;
  private readonly waiting = new Set<() => boolean>();
  private readonly running: Promise<unknown>;

  constructor(
    private readonly client: Client,
    writers = 8,
  ) {
    this.running = Promise.all(Array.from({ length: writers }, () => this.write()));
  }

  /** Resolves when so many more were acknowledged, or refused, than by now. */
  more(what: 'acknowledged' | 'refused', count: number): Promise<void> {
    const wanted = this[what].length + count;
    return new Promise((resolve) => {
      const look = (): boolean => {
        if (this[what].length < wanted) return false;
        resolve();
        return true;
      };
      this.waiting.add(look);
    });
  }

  /** Every command that was begun has been acknowledged. */
  async end(): Promise<readonly Acknowledged[]> {
    this.isOver = true;
    await this.running;
    return this.acknowledged;
  }

  private async write(): Promise<void> {
    while (!this.isOver) {
      const key = randomUUID();
      for (let sent = 1; ; sent += 1) {
        const answer = await this.client.post('/persons', PERSON, { 'idempotency-key': key });
        if (this.take(answer, sent)) break;
        await new Promise((next) => setTimeout(next, PAUSE));
      }
    }
  }

  private take({ status, body, headers }: Answer, sent: number): boolean {
    const isDone = status === 201;
    if (isDone) this.acknowledged.push(acknowledgedBy(body, sent));
    else this.refused.push({ status, kode: body['kode'], retryAfter: headers['retry-after'] });
    for (const look of this.waiting) if (look()) this.waiting.delete(look);
    return isDone;
  }
}

function acknowledgedBy(body: Json, sent: number): Acknowledged {
  const [event] = body['events'] as { streamId: string; eventId: string }[];
  if (event === undefined) throw new Error('a registration gave no event');
  return {
    personId: String(body['personId']),
    streamId: event.streamId,
    eventId: event.eventId,
    position: String(body['position']),
    sent,
  };
}
