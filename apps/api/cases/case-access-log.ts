import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { accessLogOf } from '#forlop/read-models';
import type { AccessLogItem } from '#forlop/read-models';
import { ReadSide, scopeOf } from '../access/read-side.js';
import { Reads } from '../access/reads.js';
import { ACCESS_LOG_READERS } from '../access/rights.js';
import { listing } from '../http/page-answer.js';
import type { Listing } from '../http/page-answer.js';
import type { TakenRead } from '../http/reading.js';

export class GetCaseAccessLog {
  constructor(readonly read: TakenRead) {}
}

@QueryHandler(GetCaseAccessLog)
export class GetCaseAccessLogHandler implements IQueryHandler<GetCaseAccessLog> {
  constructor(
    private readonly reads: Reads,
    private readonly readSide: ReadSide,
  ) {}

  execute({ read }: GetCaseAccessLog): Promise<Listing<AccessLogItem>> {
    return this.reads.ofCase(read, ACCESS_LOG_READERS, async (owner, caseId) =>
      listing(await accessLogOf(this.readSide.source, scopeOf(owner), caseId, read.page)),
    );
  }
}
