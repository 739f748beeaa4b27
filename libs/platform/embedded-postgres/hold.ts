import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

/**
 * Who uses an embedded server is written as advisory locks of a connection that does nothing else: when its process
 * dies, however it dies, the locks go with it. SERVING is held alone by the one service of a data folder; IN_USE is
 * shared by everyone who works with the server, so that the last one out, and nobody else, stops it.
 */
const SERVING = '7305808869232480304';
const IN_USE = '7305808869232480305';

/** A held place at a running server. */
export class Hold {
  private constructor(private readonly connection: Client) {}

  /** @param url the owner's; @param onLost called when the connection ends before `letGo` */
  static async take(url: string, onLost: () => void): Promise<Hold> {
    const connection = new Client({
      connectionString: url,
      application_name: 'forlop-hold',
      keepAlive: true,
    });
    let lost = false;
    connection.on('error', () => undefined);
    connection.on('end', () => {
      if (!lost) onLost();
      lost = true;
    });
    await connection.connect();
    await connection.query('select pg_advisory_lock_shared($1)', [IN_USE]);
    return new Hold(connection);
  }

  /** False when another service holds the folder. A killed one's connection may take a moment to be noticed. */
  async serve(patience: number): Promise<boolean> {
    return this.tryFor(patience, 'select pg_try_advisory_lock($1) as taken', SERVING);
  }

  /** True when nobody else is using the server, and from then on nobody else can begin. */
  async lastOneOut(patience: number): Promise<boolean> {
    await this.connection.query('select pg_advisory_unlock_shared($1)', [IN_USE]);
    return this.tryFor(patience, 'select pg_try_advisory_lock($1) as taken', IN_USE);
  }

  async letGo(): Promise<void> {
    await this.connection.end().catch(() => undefined);
  }

  private async tryFor(patience: number, statement: string, lock: string): Promise<boolean> {
    const until = Date.now() + patience;
    for (;;) {
      const { rows } = await this.connection.query<{ taken: boolean }>(statement, [lock]);
      if (rows[0]?.taken === true) return true;
      if (Date.now() >= until) return false;
      await pause(100);
    }
  }
}
