import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCluster } from './cluster.js';
import { choosePlace } from './place.js';
import { embeddedUrl, ensureRunning, stopPostmaster } from './postmaster.js';

/** A server for tests and demonstrations: not durable, and gone with its folder. */
export interface ThrowAwayServer {
  /** The superuser's. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server whose files are in `folder`; faster than a real one because nothing is forced to disk. */
export async function startThrowAwayServer(folder: string): Promise<ThrowAwayServer> {
  const quiet = () => undefined;
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711);
  const place = await choosePlace(join(folder, 'data'), quiet);
  const passwords = await ensureCluster(place, quiet);
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];
  const port = await ensureRunning(place, passwords, { patience: 60_000, settings });
  return {
    url: embeddedUrl('superuser', passwords, port, 'postgres'),
    stop: async () => {
      await stopPostmaster(place);
      await rm(place.folder, { recursive: true, force: true });
    },
  };
}
