import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessLog, CommandHandling, Innsyn, Supervisions } from '#forlop/command-handling';
import { MetricRegistry } from '#forlop/platform';
import { Accesses } from './access/accesses.js';
import { Owners } from './access/owners.js';
import { ReadSide } from './access/read-side.js';
import { Reads } from './access/reads.js';
import { Refusals } from './access/refusals.js';
import { Freshness } from './edge/freshness.js';
import { controllers, handlers } from './features.js';
import { Readiness } from './health/readiness.js';
import { AcceptedAnswer } from './http/accepted-answer.js';
import { Reports } from './state-reports/reports.js';

/** What the features are given: made once by `startService`, which alone binds adapters to ports. */
export interface Bound {
  readonly commandHandling: CommandHandling;
  readonly accessLog: AccessLog;
  readonly innsyn: Innsyn;
  readonly supervisions: Supervisions;
  readonly owners: Owners;
  readonly readSide: ReadSide;
  readonly freshness: Freshness;
  readonly reports: Reports;
  readonly metrics: MetricRegistry;
  readonly readiness: Readiness;
}

@Module({})
export class AppModule {
  static with(bound: Bound): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers,
      providers: [...handlers, AcceptedAnswer, ...providersOf(bound)],
    };
  }
}

const providersOf = (bound: Bound): Provider[] => [
  { provide: CommandHandling, useValue: bound.commandHandling },
  { provide: AccessLog, useValue: bound.accessLog },
  { provide: ReadSide, useValue: bound.readSide },
  { provide: MetricRegistry, useValue: bound.metrics },
  { provide: Readiness, useValue: bound.readiness },
  { provide: Reports, useValue: bound.reports },
  { provide: Innsyn, useValue: bound.innsyn },
  { provide: Supervisions, useValue: bound.supervisions },
  { provide: Owners, useValue: bound.owners },
  { provide: Accesses, useValue: new Accesses(bound.accessLog) },
  { provide: Reads, useValue: readsOf(bound) },
  { provide: Refusals, useValue: new Refusals(bound.accessLog, bound.owners) },
];

const readsOf = ({ accessLog, owners, freshness, supervisions }: Bound): Reads =>
  new Reads(new Accesses(accessLog), owners, freshness, supervisions);
