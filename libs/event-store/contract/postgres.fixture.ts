import { randomUUID } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Client } from 'pg';
import { streamKey } from '../adapters/postgres/stream-key.js';

export async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Appends one event past the adapter, on a connection (and perhaps in a transaction) of the test's own. */
export async function appendDirectly(client: Client, stream: string, expected = -1): Promise<string> {
  const { rows } = await client.query<{ first_position: string }>(
    `select first_position from events.append_one($1, $2, $3, $4, 'ThingHappened', 1, '{}', '{}', 'none', null)`,
    [stream, streamKey(stream), expected, randomUUID()],
  );
  return rows[0]?.first_position ?? '';
}

const PATIENCE = 10_000;

/** Resolves when so many sessions of the database wait for the append lock; fails when they never do. */
export async function untilWaiting(observer: Client, count: number): Promise<void> {
  const giveUp = Date.now() + PATIENCE;
  while (Date.now() < giveUp) {
    const { rows } = await observer.query<{ waiting: number }>(
      `select count(*)::integer as waiting from pg_locks
       where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())`,
    );
    if ((rows[0]?.waiting ?? 0) >= count) return;
  }
  throw new Error(`not ${count} sessions wait for the append lock`);
}

/** A wire to the database that can be cut, or made to lose what the server answers. */
export class Wire {
  /** The next answer to a statement that contains this is lost, and the connection with it. */
  losesAnswerTo: string | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  /** @param port to listen on; default: any that is free */
  static async to(url: string, port = 0): Promise<Wire> {
    const server = createServer();
    const wire = new Wire(server, new URL(url));
    server.on('connection', (socket) => wire.join(socket));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return wire;
  }

  get url(): string {
    const url = new URL(this.target.href);
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** Breaks all connections; new ones can be made. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.cut();
    await closed;
  }

  private join(near: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    const both = [near, far];
    for (const socket of both) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        for (const other of both) other.destroy();
      });
    }
    let isLost = false;
    near.on('data', (data) => {
      if (this.losesAnswerTo !== undefined && data.includes(this.losesAnswerTo)) {
        this.losesAnswerTo = undefined;
        isLost = true;
      }
      far.write(data);
    });
    far.on('data', (data) => {
      if (isLost) near.destroy();
      else near.write(data);
    });
  }
}
