import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { ReportSource } from '#forlop/read-models';
import { Reads } from '../access/reads.js';
import { REPORT_READERS } from '../access/rights.js';
import type { TakenRead } from '../http/reading.js';
import { reportKeyIn } from './report-key.js';
import { Reports } from './reports.js';

export class GetStateReport {
  constructor(readonly read: TakenRead) {}
}

@QueryHandler(GetStateReport)
export class GetStateReportHandler implements IQueryHandler<GetStateReport> {
  constructor(
    private readonly reads: Reads,
    private readonly reports: Reports,
  ) {}

  execute({ read }: GetStateReport): Promise<ReportSource> {
    const view = read.query['view'] === 'known' ? 'known' : 'reported';
    return this.reads.ofNamedMunicipality(read, REPORT_READERS, async () => ({
      answer: await this.reports.view(reportKeyIn(read.path), view, read.state.today),
      caseIds: [],
    }));
  }
}
