import { isNativeError } from 'node:util/types';
import { setTimeout as pause } from 'node:timers/promises';
import {
  assertServingRoles,
  bringUpToDate,
  type Config,
  createLogger,
  EXIT,
  type ExitCode,
  type Logger,
  startTelemetry,
  unavailableError,
} from '#forlop/platform';
import { MIGRATIONS, type OpenDatabases, openDatabases } from '../databases.js';
import { say } from '../output.js';
import { Closing } from './closing.js';
import { compose, composeApi, composeProjector } from './compose.js';
import { StopSignal } from './stop-signal.js';

/** Requests that are not answered by then, because a client does not take its answer, are cut off. */
const DRAIN_LIMIT = 20_000;

/** What a process does: all of it, or one half beside others, of which there may be any number. */
export type Part = 'serve' | 'api' | 'projector';

/**
 * Serves until SIGTERM or Ctrl-C, or until the embedded database is lost. Then drains requests, finishes the running
 * batch, stops the database. A second signal does not wait for requests. An API or a projector by itself joins a database
 * that runs.
 * @returns the exit code
 */
export async function serve(config: Config, part: Part): Promise<ExitCode> {
  const signal = new StopSignal();
  const databases = await openDatabases(config, part === 'serve' ? 'serve' : 'join');
  try {
    // Before, so that nothing is granted to a role that may not have it; after, because then there are tables to own.
    await assertServingRoles(databases.urls);
    await bringUpToDate(databases.urls, MIGRATIONS);
    await assertServingRoles(databases.urls);
    return await serveOn(config, part, databases, signal);
  } finally {
    await databases.close();
    signal.dispose();
  }
}

async function serveOn(
  config: Config,
  part: Part,
  databases: OpenDatabases,
  signal: StopSignal,
): Promise<ExitCode> {
  const closing = new Closing();
  const log = createLogger(config.logLevel);
  try {
    closing.add(await startTelemetry(config.telemetry, log), (telemetry) => telemetry.close());
    if (part === 'projector') {
      await composeProjector(config, databases.urls, log, closing);
      announceProjector(databases.place);
    } else {
      const start = part === 'api' ? composeApi : compose;
      const service = await start(config, databases.urls, log, closing).catch(portTaken(config));
      announce(config, service.address, databases.place);
    }
  } catch (error) {
    await closing.run().catch(() => undefined);
    throw error;
  }
  const lost = await Promise.race([signal.first, databases.lost]);
  const drained = await drain(closing, signal, log);
  if (lost === undefined) return drained ? EXIT.ok : EXIT.failed;
  say(lost.message);
  return lost.exitCode;
}

/** False when it was cut short or something did not close as it should. */
async function drain(closing: Closing, signal: StopSignal, log: Logger): Promise<boolean> {
  const limit = new AbortController();
  const closed = closing.run().then(
    () => true,
    (error: unknown) => {
      log.error({ err: error }, 'not everything closed in good order');
      return false;
    },
  );
  const late = pause(DRAIN_LIMIT, false, { signal: limit.signal, ref: false }).catch(() => false);
  const drained = await Promise.race([closed, late, signal.second.then(() => false)]);
  limit.abort();
  return drained;
}

function portTaken({ host, port }: Config): (error: unknown) => never {
  return (error) => {
    const code = isNativeError(error) && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw unavailableError(
        `PORT ${port} on ${host} is taken by another program. Example: PORT=${port + 1}`,
      );
    }
    if (code === 'EACCES')
      throw unavailableError(`PORT ${port} may not be used by this account. Example: PORT=3000`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw unavailableError(`HOST ${host} is no address of this machine. Example: HOST=127.0.0.1`);
    }
    throw error;
  };
}

/** What a person needs to begin; the last line is what scripts wait for. */
function announce(config: Config, address: string, place: string): void {
  const token =
    config.issuer.kind === 'development'
      ? 'npm run --silent forlop -- token --role SAKSBEHANDLER --municipality 3401'
      : `from ${config.issuer.issuer}`;
  console.log(`Address      ${address}`);
  console.log(`Docs         ${address}/docs`);
  console.log(`Data folder  ${config.dataDir}`);
  console.log(`Database     ${place}`);
  console.log(`Token        ${token}`);
  console.log(`READY ${address}`);
}

/** It has no address; which projections it leads is in its log and in /health/ready of any API. */
function announceProjector(place: string): void {
  console.log(`Database     ${place}`);
  console.log('READY projector');
}
