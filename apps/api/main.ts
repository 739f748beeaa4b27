import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import {
  AccessLog,
  AccessSpool,
  CommandHandling,
  Innsyn,
  PostgresSnapshots,
  SpoolDrain,
  StreamMemory,
  Supervisions,
} from '#forlop/command-handling';
import type { Transacting } from '#forlop/command-handling';
import type { EventStore } from '#forlop/event-store';
import { metricRegistry } from '#forlop/platform';
import type { Logger, TokenVerifier } from '#forlop/platform';
import type { BlindIndex, KeyStore, Sealer } from '#forlop/privacy';
import type { Projection, RunSql } from '#forlop/projections';
import { REACTORS } from '#forlop/reactors';
import { openerOf } from '#forlop/read-models';
import { Owners } from './access/owners.js';
import { ReadSide } from './access/read-side.js';
import { AppModule } from './app.module.js';
import { serveDocuments } from './docs/openapi.js';
import { authenticateWith } from './edge/authentication.js';
import { Freshness } from './edge/freshness.js';
import { ProblemFilter } from './edge/problem.filter.js';
import { createAdapter } from './edge/server.js';
import { isUnavailable } from './edge/unavailable.js';
import { Readiness } from './health/readiness.js';
import { measureStanding } from './health/standing.js';
import { Reports } from './state-reports/reports.js';

export { personOfPid } from './access/person-of-pid.js';

/** What the service runs on. Whoever starts it opens all of this, and closes it after `close()`. */
export interface ServiceOptions {
  readonly host: string;
  /** 0 asks the system for a free port. */
  readonly port: number;
  readonly verifier: Pick<TokenVerifier, 'verifyHeader'>;
  readonly store: EventStore;
  readonly sealer: Sealer;
  readonly keyStore: KeyStore;
  readonly blindIndex: BlindIndex;
  /** The read models, as the service's role; connected. */
  readonly source: DataSource;
  /** Projections that this service's reads rest on, whichever process runs them. */
  readonly projections: readonly Projection[];
  readonly log: Logger;
  /** While the store is away, accesses wait in the database: where events are not kept in that same database. */
  readonly spoolsAccesses?: boolean;
  readonly now?: () => Date;
}

export interface Service {
  /** `http://127.0.0.1:3000` */
  readonly address: string;
  /** Takes no new connection, finishes what was taken, and resolves. */
  close(): Promise<void>;
}

/** Serves the API until it is closed. Throws what `listen` throws (`EADDRINUSE`). */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { store, sealer, keyStore, blindIndex, source, projections, log, now = () => new Date() } = options;
  let draining = false;
  const isDraining = () => draining;
  const sql: RunSql = async <Row>(text: string, values: readonly unknown[]) =>
    source.query<Row[]>(text, [...values]);
  const metrics = metricRegistry();
  const freshness = new Freshness(
    sql,
    store,
    projections.map(({ name }) => name),
  );
  const spool = options.spoolsAccesses === true ? new AccessSpool(sql, transactingOn(source)) : undefined;
  const memory = new StreamMemory({ snapshots: new PostgresSnapshots(sql) });
  const readSide = new ReadSide(source, openerOf(sealer));
  const authenticate = authenticateWith(options.verifier);
  const { adapter, routes } = createAdapter({ authenticate, freshness, log, now, isDraining });
  const module = AppModule.with({
    commandHandling: new CommandHandling({ store, sealer, keyStore, blindIndex, memory }),
    accessLog: new AccessLog({ store, sealer, ...(spool && { spool }) }),
    innsyn: new Innsyn({ store, sealer }),
    supervisions: new Supervisions({ store, sealer }),
    owners: new Owners(store, source),
    readSide,
    reports: new Reports(readSide, store, freshness),
    freshness,
    metrics,
    readiness: new Readiness(sql, store, projections, REACTORS, () => askKeyStore(blindIndex), isDraining),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  app.useGlobalFilters(new ProblemFilter(log, routes));
  serveDocuments(app);
  await app.listen(options.port, options.host);
  const endMeasuring = measureStanding({ sql, store, projections, reactors: REACTORS });
  const spooled = (error: unknown) =>
    isUnavailable(error) || log.error({ err: error }, 'the access spool is not emptied');
  const drain = spool && new SpoolDrain(spool, store, spooled);
  return {
    address: addressOf(app, options.host),
    close: async () => {
      draining = true;
      endMeasuring();
      await app.close();
      await drain?.close();
      await memory.idle();
    },
  };
}

const transactingOn =
  (source: DataSource): Transacting =>
  (work) =>
    source.transaction((manager) => work((text, values) => manager.query(text, [...values])));

/** Throws when the key store's database is away. */
async function askKeyStore(blindIndex: BlindIndex): Promise<void> {
  await blindIndex.find('0000', Buffer.alloc(32));
}

function addressOf(app: NestFastifyApplication, host: string): string {
  const bound = app.getHttpServer().address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
