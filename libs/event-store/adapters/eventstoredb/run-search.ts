import type { Position } from '../../port.js';
import type { EventIndex, Run } from './event-index.js';

/** What the index holds of a command, and how far it stood when it was asked. */
export interface Found {
  readonly upto: Position;
  readonly runs: readonly Run[];
}

/** Asks the index once for all commands that are asked for in the same turn of the event loop. */
export class RunSearch {
  private asked = new Set<string>();
  private next: Promise<Searched> | undefined;

  constructor(
    private readonly index: EventIndex,
    private readonly storeId: string,
  ) {}

  /** The runs of a command that the index holds. @throws StoreUnavailable */
  async find(commandId: string): Promise<Found> {
    this.asked.add(commandId);
    this.next ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.search());
    const { upto, byCommand } = await this.next;
    return { upto, runs: byCommand.get(commandId) ?? [] };
  }

  private async search(): Promise<Searched> {
    const commandIds = [...this.asked];
    this.asked = new Set();
    this.next = undefined;
    const { standing, runs } = await this.index.find(this.storeId, commandIds);
    const byCommand = new Map<string, Run[]>();
    for (const run of runs) byCommand.set(run.commandId, [...(byCommand.get(run.commandId) ?? []), run]);
    return { upto: standing.position, byCommand };
  }
}

interface Searched {
  readonly upto: Position;
  readonly byCommand: ReadonlyMap<string, readonly Run[]>;
}
