import type { ClientBase } from 'pg';
import type { EventPage, Position, StoredEvent } from '#forlop/event-store';
import { endOf, isSeen } from '../apply.js';
import type { Skipped } from '../apply.js';
import { moveCheckpoint } from '../checkpoint.js';
import type { ProjectedEvent, Projection, RowOperation, Table } from '../definition.js';
import { ProjectionFailed, errorClass } from '../errors.js';
import type { Change } from '../fold.js';
import { Folding, keyOf, rowOf, sortedByKind } from '../fold.js';
import { asProjector } from '../sql.js';
import { statementsOf } from '../statements.js';
import { CopyText, copyRows } from './copy.js';
import type { Placed } from './place.js';
import { bare } from './place.js';
import { SeenKeys } from './seen-keys.js';

interface Loading {
  readonly declared: Table;
  readonly placed: Table;
  readonly seen: SeenKeys;
  /** Rows whose keys have not been there before, since it was last asked. */
  readonly fresh: CopyText;
  /** Whether its rows come about bit by bit: then they are kept for a while, to be written once. */
  isPatched: boolean;
  isKeyed: boolean;
}

/** What is to be written to one table. */
interface Portion {
  readonly loading: Loading;
  /** Rows whose keys have not been there before: they are copied. */
  readonly fresh: readonly Buffer[];
  /** Changes of rows that may be there. */
  readonly late: readonly Change[];
}

/** Changes that are kept at most for each table: when there are more, those of the longest untouched rows are written. */
const KEPT_ROWS = 4000;

/**
 * Fills the tables of a build that nobody reads yet. New rows are copied, into tables without any index. Changes of rows that
 * may be there already are kept, to the end where they are few; they need the table's key, and are written as a live batch
 * writes them. Nobody goes on from a bulk that was broken off, so rows are written when it suits: at the end they are all there.
 */
export class BulkLoad {
  private readonly tables: readonly Loading[];
  private readonly byTable: ReadonlyMap<Table, Loading>;
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
      fresh: new CopyText(declared),
      isPatched: false,
      isKeyed: false,
    }));
    this.byTable = new Map(this.tables.map((loading) => [loading.declared, loading]));
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
      for (const operation of this.projection.project(parsed())) {
        if (!this.isWritten(operation)) this.folding.add(operation);
      }
    } catch (error) {
      throw new ProjectionFailed(this.name, stored.position, errorClass(error), error);
    }
  }

  /** Takes the whole of a new row at once, as nearly all are, and the deletion of one that was never there. */
  private isWritten(operation: RowOperation): boolean {
    const loading = this.byTable.get(operation.table);
    if (loading === undefined) return false;
    const { op, table } = operation;
    loading.isPatched ||= op === 'merge' || op === 'increment';
    if (loading.isPatched) return false;
    const row = rowOf(operation);
    const key = keyOf(table, row);
    if (op === 'delete') return !loading.seen.has(key);
    if (loading.seen.add(key)) return false;
    loading.fresh.add(row);
    return true;
  }

  /** What is to be written now; all of it with `isLast`. */
  take(isLast: boolean): readonly Portion[] {
    return this.tables.map((loading) =>
      portionOf(loading, this.folding.changesOf(loading.declared), isLast ? 0 : this.keptRows),
    );
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
        if (fresh.length > 0) {
          await copyRows(client, loading.placed, fresh);
          loading.fresh.giveBack(fresh);
        }
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

/** Takes changes out, the longest untouched first, until so many are left. */
function portionOf(loading: Loading, changes: Map<string, Change>, kept: number): Portion {
  const late: Change[] = [];
  for (const [key, change] of changes) {
    if (changes.size <= kept) break;
    changes.delete(key);
    if (change.kind === 'removed') {
      // A row that was never there need not go.
      if (loading.seen.has(key)) late.push(change);
    } else if (loading.seen.add(key)) late.push(change);
    else loading.fresh.add(change.row);
  }
  return { loading, fresh: loading.fresh.take(), late };
}
