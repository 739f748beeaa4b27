/** What the leader of a reactor does: reacts to what comes, to what the clock brings, and to what it has parked. */
import type { ClientBase } from 'pg';
import type { EventPage, EventStore, Position, StoredEvent } from '#forlop/event-store';
import { sqlOver } from '#forlop/projections';
import { assertUsable, beginAt, markError, moveCheckpoint, readReactorCheckpoints } from './checkpoint.js';
import type { Checkpoint } from './checkpoint.js';
import type { Reactor } from './definition.js';
import { ReactorMoved } from './errors.js';
import { byStream, round } from './round.js';
import type { RoundResult } from './round.js';
import { dueStreams, readParkedStreams, writeOutcome } from './waiting.js';
import type { ParkedStream } from './waiting.js';

/** Streams whose last seen revision is remembered, so that a catch-up looks at each once and not once a batch. */
const REMEMBERED = 100_000;
/** Streams that the clock wakes in one round. */
const WOKEN_AT_ONCE = 500;

export interface Leading {
  readonly reactor: Reactor;
  readonly store: EventStore;
  /** The connection that holds the lock. */
  readonly client: ClientBase;
  /** Oslo date. */
  readonly today: () => string;
  /** Told of each stream that is parked now. */
  readonly onParked: (parked: ParkedStream) => void;
}

export class Leader {
  position: Position | null;
  readonly parked = new Set<string>();
  private readonly seen = new Map<string, number>();

  private constructor(
    private readonly leading: Leading,
    private readonly checkpoint: Checkpoint,
  ) {
    this.position = checkpoint.position;
  }

  /** Takes over where the one before left off. The caller holds the lock. Throws `ReactorUnusable`. */
  static async takeOver(leading: Leading): Promise<Leader> {
    const { reactor, store, client } = leading;
    const from = reactor.begins === 'now' ? await store.head() : null;
    await beginAt(client, reactor.name, store.storeId, from);
    const sql = sqlOver(client);
    const [checkpoint] = await readReactorCheckpoints(sql, [reactor.name]);
    if (checkpoint === undefined) throw new ReactorMoved(reactor.name);
    await assertUsable(checkpoint, store);
    await markError(sql, reactor.name, null);
    const leader = new Leader(leading, checkpoint);
    for (const { streamId } of await readParkedStreams(sql, [reactor.name])) leader.parked.add(streamId);
    return leader;
  }

  /** Acts, then moves the checkpoint: what a crash comes between is asked for again. */
  async take(page: EventPage): Promise<void> {
    // Of an empty store there is nothing to keep: a checkpoint at its beginning would lie ahead of its absent head.
    if (this.position === null && page.events.length === 0) return;
    const today = this.leading.today();
    const occasions = [...byStream(page.events)]
      .map(([streamId, events]) => ({ streamId, events: this.unseen(streamId, events), today }))
      .filter(({ events }) => events.length > 0);
    const result = await round(this.leading.reactor, occasions);
    const last = page.events.at(-1);
    const at = last?.position === page.position ? last : await this.leading.store.readAt(page.position);
    await this.write(result, {
      position: page.position,
      eventId: at?.eventId,
      recordedAt: (last ?? at)?.recordedAt,
    });
    this.position = page.position;
  }

  /** Looks at every stream whose day has come. */
  async wake(): Promise<void> {
    const { reactor, client } = this.leading;
    const today = this.leading.today();
    for (;;) {
      const due = await dueStreams(sqlOver(client), reactor.name, today, WOKEN_AT_ONCE);
      if (due.length === 0) return;
      await this.write(
        await round(
          reactor,
          due.map((streamId) => ({ streamId, events: [], today })),
        ),
      );
    }
  }

  /** Tries the parked streams again, from the event on that each waits at. */
  async retry(): Promise<void> {
    const { reactor, client, store } = this.leading;
    const today = this.leading.today();
    for (const { streamId, revision } of await readParkedStreams(sqlOver(client), [reactor.name])) {
      const events = await store.readStream(streamId, { from: revision });
      await this.write(await round(reactor, [{ streamId, events, today }]));
    }
  }

  /** Whether an operator has started the reactor anew. */
  async isStartedAnew(): Promise<boolean> {
    const { reactor, client } = this.leading;
    const [now] = await readReactorCheckpoints(sqlOver(client), [reactor.name]);
    return now?.starts !== this.checkpoint.starts;
  }

  /** What has not been taken into account yet; nothing of a stream that is parked. */
  private unseen(streamId: string, events: readonly StoredEvent[]): readonly StoredEvent[] {
    if (this.parked.has(streamId)) return [];
    const upTo = this.seen.get(streamId) ?? -1;
    return events.filter(({ revision }) => revision > upTo);
  }

  private async write(result: RoundResult, end?: Parameters<typeof moveCheckpoint>[3]): Promise<void> {
    const { client, reactor } = this.leading;
    const wakes = result.wakes;
    await client.query('begin');
    try {
      await writeOutcome(client, reactor.name, { wakes, parked: result.parked });
      if (end) await moveCheckpoint(client, this.checkpoint, this.position, end);
      await client.query('commit');
    } catch (error) {
      // A connection that is gone has rolled back by itself; the first error is the one to tell.
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
    this.remember(result);
  }

  private remember({ reacted, parked }: RoundResult): void {
    for (const [streamId, { upTo }] of reacted) {
      this.parked.delete(streamId);
      this.seen.delete(streamId);
      if (upTo !== undefined) this.seen.set(streamId, upTo);
    }
    for (const stream of parked) {
      if (!this.parked.has(stream.streamId)) this.leading.onParked(stream);
      this.parked.add(stream.streamId);
    }
    for (const streamId of this.seen.keys()) {
      if (this.seen.size <= REMEMBERED) return;
      this.seen.delete(streamId);
    }
  }
}
