import type { Pool } from 'pg';
import { isUuid } from '../../limits.js';
import type { StoredEvent } from '../../port.js';
import { intArray, uuidArray, uuidBytesArray } from './binary-array.js';
import { readRows, type Row, type Statement } from './connection.js';
import { Grouped } from './grouped.js';
import { READ_COMMANDS, READ_FIRST, READ_FORWARDS, READ_HEAD, READ_STREAMS } from './reads.js';
import { eventsOfStream, toStoredEvent } from './rows.js';
import { streamKey, streamKeyBytes } from './stream-key.js';

/** A stretch of a stream, forwards. */
interface Stretch {
  readonly streamId: string;
  readonly from: number;
  readonly most: number;
}

/** Nearly every stream is read whole by one statement; what follows of a long one comes in larger pieces. */
const FIRST_PAGE = 128;
const NEXT_PAGES = 1_024;
/** Rows of one statement: the first pages of 64 streams. */
const MOST_ROWS = 8_192;
/** A command gives a few events. */
const MOST_COMMANDS = 256;

/** The reads that many callers make at the same time, answered in groups. */
export class GroupedReads {
  private readonly stretches: Grouped<Stretch, StoredEvent[]>;
  private readonly firsts: Grouped<readonly string[], Map<string, StoredEvent>>;
  private readonly commands: Grouped<string, StoredEvent[]>;
  private readonly heads: Grouped<null, bigint>;

  /** @param timeout ms until the answer to a statement is given up */
  constructor(
    private readonly pool: Pool,
    private readonly timeout: number,
  ) {
    const mostRows = MOST_ROWS;
    this.stretches = new Grouped({ read: (asked) => this.readStretches(asked), weigh: mostOf, mostRows });
    this.firsts = new Grouped({ read: (asked) => this.readFirsts(asked), weigh: lengthOf, mostRows });
    this.commands = new Grouped({ read: (asked) => this.readCommands(asked), mostRows: MOST_COMMANDS });
    this.heads = new Grouped({ read: (asked) => this.readHead(asked), mostRows: Infinity });
  }

  /** In pages: a stream only grows at its end, so what a later page finds belongs behind what an earlier one found. */
  async stream(streamId: string, from: number, limit: number): Promise<StoredEvent[]> {
    let most = Math.min(limit, FIRST_PAGE);
    let page = await this.stretches.ask({ streamId, from, most });
    const events = page;
    while (page.length === most && events.length < limit) {
      most = Math.min(limit - events.length, NEXT_PAGES);
      page = await this.stretches.ask({ streamId, from: from + events.length, most });
      for (const event of page) events.push(event);
    }
    return events;
  }

  first(streamIds: readonly string[]): Promise<Map<string, StoredEvent>> {
    return this.firsts.ask(streamIds);
  }

  /** No event has a command id that is no UUID. */
  async command(commandId: string): Promise<StoredEvent[]> {
    return isUuid(commandId) ? this.commands.ask(commandId) : [];
  }

  /** Number of the last event, 0 in an empty store. */
  lastSequence(): Promise<bigint> {
    return this.heads.ask(null);
  }

  /** Resolves when all that were asked are answered. */
  async drain(): Promise<void> {
    const all = [this.stretches, this.firsts, this.commands, this.heads];
    await Promise.all(all.map((grouped) => grouped.drain()));
  }

  private async readStretches(asked: readonly Stretch[]): Promise<StoredEvent[][]> {
    const rows = await this.run('readStream', READ_STREAMS, [
      uuidBytesArray(asked.map(({ streamId }) => streamKeyBytes(streamId))),
      intArray(asked.map(({ from }) => from)),
      intArray(asked.map(mostOf)),
    ]);
    const byNumber = new Map(rows.map((row) => [Number(row[0]), row]));
    return Promise.all(
      asked.map(async (stretch, index) => {
        const events = eventsOfStream(stretch.streamId, byNumber.get(index + 1));
        return events ?? this.readRowByRow(stretch);
      }),
    );
  }

  private async readRowByRow({ streamId, from, most }: Stretch): Promise<StoredEvent[]> {
    return (await this.run('readStream', READ_FORWARDS, [streamKey(streamId), from, most])).map(
      toStoredEvent,
    );
  }

  private async readFirsts(asked: readonly (readonly string[])[]): Promise<Map<string, StoredEvent>[]> {
    const streamIds = [...new Set(asked.flat())];
    const rows = await this.run('readFirst', READ_FIRST, [uuidBytesArray(streamIds.map(streamKeyBytes))]);
    const found = new Map(rows.map(toStoredEvent).map((event) => [event.streamId, event]));
    return asked.map((own) => pick(found, own));
  }

  private async readCommands(asked: readonly string[]): Promise<StoredEvent[][]> {
    const rows = await this.run('readCommand', READ_COMMANDS, [uuidArray([...new Set(asked)])]);
    const byCommand = new Map<string, StoredEvent[]>();
    for (const [commandId, ...row] of rows) {
      const events = byCommand.get(String(commandId)) ?? [];
      events.push(toStoredEvent(row));
      byCommand.set(String(commandId), events);
    }
    // A list of its own for each: two callers may ask for the same command.
    return asked.map((commandId) => [...(byCommand.get(commandId) ?? [])]);
  }

  private async readHead(asked: readonly null[]): Promise<bigint[]> {
    const [row] = await this.run('head', READ_HEAD, []);
    const last = BigInt(row?.[0] ?? 0);
    return asked.map(() => last);
  }

  private run(operation: string, statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    return readRows(this.pool, operation, statement, values, this.timeout);
  }
}

const mostOf = ({ most }: Stretch): number => most;
const lengthOf = ({ length }: readonly string[]): number => length;

function pick<V>(found: ReadonlyMap<string, V>, keys: readonly string[]): Map<string, V> {
  const picked = new Map<string, V>();
  for (const key of keys) {
    const value = found.get(key);
    if (value !== undefined) picked.set(key, value);
  }
  return picked;
}
