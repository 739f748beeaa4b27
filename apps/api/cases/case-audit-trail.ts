import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { caseAuditTrail } from '#forlop/read-models';
import type { AuditTrailItem } from '#forlop/read-models';
import { ReadSide, scopeOf } from '../access/read-side.js';
import { Reads } from '../access/reads.js';
import { CASE_READERS } from '../access/rights.js';
import { listing } from '../http/page-answer.js';
import type { Listing } from '../http/page-answer.js';
import type { TakenRead } from '../http/reading.js';

export class GetCaseAuditTrail {
  constructor(readonly read: TakenRead) {}
}

@QueryHandler(GetCaseAuditTrail)
export class GetCaseAuditTrailHandler implements IQueryHandler<GetCaseAuditTrail> {
  constructor(
    private readonly reads: Reads,
    private readonly readSide: ReadSide,
  ) {}

  execute({ read }: GetCaseAuditTrail): Promise<Listing<AuditTrailItem>> {
    return this.reads.ofCase(read, CASE_READERS, async (owner, caseId) =>
      listing(await caseAuditTrail(this.readSide.source, scopeOf(owner), caseId, read.page)),
    );
  }
}
