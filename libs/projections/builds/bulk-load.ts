import type { ClientBase } from 'pg';
import type { EventPage, Position, StoredEvent } from '#forlop/event-store';
import { endOf, isSeen } from '../apply.js';
import type { Skipped } from '../apply.js';
import { moveCheckpoint } from '../checkpoint.js';
import type { ProjectedEvent, Projection, Row, Table } from '../definition.js';
import { ProjectionFailed, errorClass } from '../errors.js';
import type { Change } from '../fold.js';
import { Folding, sortedByKind } from '../fold.js';
import { asProjector } from '../sql.js';
import { statementsOf } from '../statements.js';
import { copyRows } from './copy.js';
import type { Placed } from './place.js';
import { bare } from './place.js';
import { SeenKeys } from './seen-keys.js';

interface Loading {
  readonly declared: Table;
  readonly placed: Table;
  readonly seen: SeenKeys;
  /** Whether its rows come about bit by bit: then they are kept for a while, to be written once. */
  isPatched: boolean;
  isKeyed: boolean;
}

/** What is to be written to one table. */
interface Portion {
  readonly loading: Loading;
  /** Rows whose keys have not been there before: they are copied. */
  readonly fresh: readonly Row[];
  /** Changes of rows that may be there. */
  readonly late: readonly Change[];
}

/** Rows that are kept at most in each table that is patched. */
const KEPT_ROWS = 20_000;
/** Of those, what is left when some have been written: the longest untouched go. */
const SHARE_LEFT = 0.75;

/**
 * Fills the tables of a build that nobody reads yet. New rows are copied, into tables without any index; the first change of
 * a row that may be there already makes the table's key, and such changes are written as a live batch writes them. Nobody
 * goes on from a bulk that was broken off, so rows are written when it suits: at the end they are all there.
 */
export class BulkLoad {
  private readonly tables: readonly Loading[];
  private readonly folding = new Folding(true);
  private readonly corrected = new Map<string, StoredEvent>();

  constructor(
    readonly projection: Projection,
    readonly placed: Placed,
    readonly skipped: Skipped,
    private readonly keptRows = KEPT_ROWS,
  ) {
    this.tables = projection.tables.map((declared, i) => ({
      declared,
      placed: placed.tables[i] ?? declared,
      seen: new SeenKeys(),
      isPatched: false,
      isKeyed: false,
    }));
  }

  get name(): string {
    return this.projection.name;
  }

  /** The declared and the made table of each. */
  get tableNames(): readonly (readonly [declared: string, made: string])[] {
    return this.tables.map(({ declared, placed }) => [declared.name, placed.name]);
  }

  looksAt(streamId: string): boolean {
    return isSeen(this.projection, streamId);
  }

  /**
   * Takes an event. A stream whose events change earlier ones is left to the end (`restated`).
   * @param parsed called when the event is needed; may throw, as `project` may: `ProjectionFailed`
   */
  add(stored: StoredEvent, parsed: () => ProjectedEvent): void {
    if (this.skipped.has(stored.eventId) || this.corrected.has(stored.streamId)) return;
    if (this.projection.restating?.on.includes(stored.type) === true) {
      // What it changes is read anew with its stream.
      this.corrected.set(stored.streamId, { ...stored, payload: '', metadata: '' });
      return;
    }
    try {
      for (const operation of this.projection.project(parsed())) this.folding.add(operation);
    } catch (error) {
      throw new ProjectionFailed(this.name, stored.position, errorClass(error), error);
    }
  }

  /** What is to be written now; all of it with `isLast`. */
  take(isLast: boolean): readonly Portion[] {
    return this.tables.map((loading) => {
      const changes = this.folding.changesOf(loading.declared);
      loading.isPatched ||= isAnyPatched(changes);
      return portionOf(loading, changes, isLast || !loading.isPatched ? 0 : this.leftOf(changes.size));
    });
  }

  private leftOf(size: number): number {
    return size > this.keptRows ? Math.floor(this.keptRows * SHARE_LEFT) : size;
  }

  /** The streams to be projected anew, each by one of the events that ask for it. */
  get restated(): readonly StoredEvent[] {
    return [...this.corrected.values()];
  }

  /** Writes what was taken, in the order in which it was, and says in the registry how far the reading has come. */
  async write(
    client: ClientBase,
    portions: readonly Portion[],
    from: Position | null,
    page: EventPage,
  ): Promise<void> {
    await asProjector(client, async () => {
      for (const { loading, fresh, late } of portions) {
        if (fresh.length > 0) await copyRows(client, loading.placed, fresh);
        if (late.length === 0) continue;
        if (!loading.isKeyed) await this.key(client, loading);
        for (const statement of statementsOf(sortedByKind(loading.placed, late)))
          await client.query(statement);
      }
      await moveCheckpoint(client, this.placed, from, endOf(page));
    });
  }

  /** Makes the keys of all tables, where they are not there yet. */
  async keyAll(client: ClientBase): Promise<void> {
    for (const loading of this.tables) await this.key(client, loading);
  }

  private async key(client: ClientBase, loading: Loading): Promise<void> {
    await client.query('select read.key_build($1, $2)', [
      bare(loading.declared.name),
      bare(loading.placed.name),
    ]);
    loading.isKeyed = true;
  }
}

export type Portions = ReturnType<BulkLoad['take']>;

function isAnyPatched(changes: ReadonlyMap<string, Change>): boolean {
  for (const { kind } of changes.values()) if (kind === 'patched') return true;
  return false;
}

/** Takes changes out, the longest untouched first, until so many are left. */
function portionOf(loading: Loading, changes: Map<string, Change>, kept: number): Portion {
  const fresh: Row[] = [];
  const late: Change[] = [];
  for (const [key, change] of changes) {
    if (changes.size <= kept) break;
    changes.delete(key);
    if (change.kind === 'removed') {
      // A row that was never there need not go.
      if (loading.seen.has(key)) late.push(change);
    } else if (loading.seen.add(key)) late.push(change);
    else fresh.push(change.row);
  }
  return { loading, fresh, late };
}
