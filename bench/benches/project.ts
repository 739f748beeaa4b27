import type { InsertWork } from '../contestants/insert-select.js';
import type { ProjectWork } from '../contestants/forlop-project.js';
import type { Bench, BenchRun } from '../harness/bench.js';
import { Contestant } from '../harness/contestant.js';
import { rowOf, type Measured, type Row } from '../harness/results.js';
import { startServer, type Server } from '../harness/server.js';
import { takeTurns } from '../harness/turns.js';
import type { World } from '../harness/worlds.js';

const NAME = 'project';
const PEER = 'insert-select';

interface Caught {
  readonly events: number;
  readonly rows: number;
  readonly ours: Measured[];
  readonly peers: Measured[];
  /** Peak of the projector's process, MiB. */
  readonly memory: number;
}

/**
 * All read models from nothing to the last event, by the service's own projector; beside the same rows put into the same
 * tables by SQL. And the projector's memory, which must not grow with the number of events.
 */
export const project: Bench = async (run) => {
  run.say(NAME);
  const [many, few] = run.quick ? [12_000, 2_000] : [1_000_000, 100_000];
  const { events, rows, ours, peers, memory } = await catchUp(run, many);
  const { memory: memoryOfFew } = await catchUp({ ...run, repetitions: 0 }, few);
  return [
    rowOf({
      name: NAME,
      unit: 'rows/s',
      ours,
      peers: { [PEER]: peers },
      required: [{ peer: PEER, ratio: 0.4 }],
      counted: { events, rows },
    }),
    memoryRow(memory, memoryOfFew, few),
  ];
};

/** Of the process that projected: at all the events, and at a tenth of them. */
function memoryRow(memory: number, memoryOfFew: number, few: number): Row {
  const peer = `at ${few} events`;
  return rowOf({
    name: `${NAME}-memory`,
    unit: 'MiB',
    ours: [{ value: memory }],
    peers: { [peer]: [{ value: memoryOfFew }] },
    required: [{ peer, ratio: 1.2 }],
  });
}

type Work = ProjectWork & InsertWork;

async function catchUp(run: BenchRun, events: number): Promise<Caught> {
  const { worlds, closing, repetitions } = run;
  const world = await worlds.withEvents(events);
  const projector = closing.add(await Contestant.open<object, Work>('forlop', 'forlop-project', {}), (one) =>
    one.close(),
  );
  const copier = closing.add(await Contestant.open<object, Work>(PEER, 'insert-select', {}), (one) =>
    one.close(),
  );
  let memory = 0;
  const turn = closing.add(new TurnServer(run, world), (one) => one.remove());
  const measured = await takeTurns<Work>({
    contestants: [projector, copier],
    repetitions,
    work: () => turn.work(),
    before: async ({ name }) => {
      if (name === projector.name) await turn.anew();
      await turn.settle();
    },
    // Of the first time in the process: what is caught up again and again in one is not what a service does.
    after: async ({ name }) => {
      if (name === projector.name && memory === 0) memory = projector.peakMemory;
    },
  });
  await turn.remove();
  const rows = measured[PEER]?.[0]?.counted?.['rows'] ?? 0;
  await projector.close();
  return {
    events: world.events,
    rows,
    memory,
    ours: rates(measured['forlop'], rows),
    peers: rates(measured[PEER], rows),
  };
}

const rates = (measured: readonly Measured[] = [], rows: number): Measured[] =>
  measured.map(({ value: seconds }) => ({ value: rows / seconds }));

/** The server of one turn: a copy of a world whose read models are empty. The peer copies what ours has written there. */
class TurnServer {
  private server: Server | undefined;

  constructor(
    private readonly run: BenchRun,
    private readonly world: World,
  ) {}

  async anew(): Promise<void> {
    await this.remove();
    this.server = await startServer(await this.run.worlds.copyOf(this.world, 'project-turn'));
  }

  work(): Work {
    const server = this.open();
    const { projectorUrl } = server.urls;
    return {
      store: { kind: this.run.store, url: projectorUrl },
      projectorUrl,
      url: server.superuserUrl(new URL(projectorUrl).pathname.slice(1)),
    };
  }

  settle(): Promise<void> {
    return this.open().settle();
  }

  async remove(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    await server?.remove();
  }

  private open(): Server {
    if (this.server === undefined) throw new Error('no turn has begun');
    return this.server;
  }
}
