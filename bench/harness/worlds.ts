import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { KeySettings } from '../contestants/forlop-keys.js';
import type { StoreSettings } from '../contestants/forlop-store.js';
import type { ProjectWork } from '../contestants/forlop-project.js';
import type { WorldPart } from '../contestants/write-world.js';
import { Contestant } from './contestant.js';
import { startServer, type Server } from './server.js';
import { MUNICIPALITY } from './tokens.js';

/** A data folder whose store holds generated cases. Its server is not running. */
export interface World {
  readonly dataDir: string;
  readonly events: number;
}

/** Where the events are that are not of the one municipality. */
const OTHERS = [
  '3401',
  '3405',
  '3407',
  '3411',
  '3420',
  '3301',
  '3303',
  '3305',
  '3901',
  '3903',
  '3907',
  '3911',
];

/**
 * Data folders with so many events, made when the first bench asks and kept for the others of the same run: making a
 * million events takes a minute. Never kept from one run to the next: they would be another build's.
 */
export class Worlds {
  private readonly stored = new Map<number, Promise<World>>();
  private readonly projected = new Map<number, Promise<World>>();
  private readonly running = new Set<Promise<Server>>();

  /** @param own events of the one municipality whose report is asked for: the same in every world that has so many */
  constructor(
    private readonly folder: string,
    private readonly own: number,
    private readonly say: (line: string) => void,
  ) {}

  /** With its read models empty. */
  withEvents(events: number): Promise<World> {
    return this.remembered(this.stored, events, () => this.write(events));
  }

  /** With its read models caught up. A world that was projected is no longer one `withEvents`. */
  withReadModels(events: number): Promise<World> {
    return this.remembered(this.projected, events, async () => this.project(await this.withEvents(events)));
  }

  /** A data folder of the caller's own with the same files, for what changes them. */
  async copyOf({ dataDir }: World, name: string): Promise<string> {
    const copy = join(this.folder, name);
    // Not Node's own copying, which gives the files to whoever copies: the database's account owns them.
    await promisify(execFile)('cp', ['-a', dataDir, copy]);
    return copy;
  }

  private remembered(
    known: Map<number, Promise<World>>,
    events: number,
    make: () => Promise<World>,
  ): Promise<World> {
    const found = known.get(events) ?? make();
    known.set(events, found);
    return found;
  }

  /** Stops what is still being made: the run was asked to end. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.running].map(async (server) => (await server).stop()));
  }

  private async write(events: number): Promise<World> {
    const dataDir = join(this.folder, `world-${events}`);
    return this.onServer(dataDir, async (server) => ({
      dataDir,
      events: events > 0 ? await this.fill(server, events) : 0,
    }));
  }

  private async onServer<T>(dataDir: string, work: (server: Server) => Promise<T>): Promise<T> {
    const starting = startServer(dataDir);
    this.running.add(starting);
    const server = await starting;
    try {
      return await work(server);
    } finally {
      this.running.delete(starting);
      await server.stop();
    }
  }

  /** @returns how many events were written */
  private async fill({ urls, dataDir }: Server, events: number): Promise<number> {
    this.say(`  generating ${events} events`);
    const settings = {
      kind: 'postgres' as const,
      url: urls.serviceUrl,
      keystoreUrl: urls.keystoreUrl,
      dataDir,
    };
    const writer = await Contestant.open<StoreSettings & KeySettings, WorldPart>(
      'generator',
      'write-world',
      settings,
    );
    const own = Math.min(events, this.own);
    const parts: WorldPart[] = [
      { events: own, among: [MUNICIPALITY], seed: 'own' },
      ...(events > own ? [{ events: events - own, among: OTHERS, seed: 'others' }] : []),
    ];
    let written = 0;
    for (const part of parts) {
      const { value, counted } = await writer.turn(part);
      written += counted?.['events'] ?? 0;
      this.say(`  ${written} events, ${Math.round(value)} a second`);
    }
    await writer.close();
    return written;
  }

  private async project(world: World): Promise<World> {
    this.say(`  projecting ${world.events} events`);
    await this.onServer(world.dataDir, projectOnce);
    return world;
  }
}

/** Catches up the read models of a server's own database. */
async function projectOnce({ urls, ask }: Server): Promise<void> {
  const projector = await Contestant.open<object, ProjectWork>('projector', 'forlop-project', {});
  await projector.turn({
    store: { kind: 'postgres', url: urls.projectorUrl },
    projectorUrl: urls.projectorUrl,
  });
  await projector.close();
  await ask('vacuum analyze', new URL(urls.serviceUrl).pathname.slice(1));
}
