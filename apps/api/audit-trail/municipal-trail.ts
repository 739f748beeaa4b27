import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { municipalityAuditTrail } from '#forlop/read-models';
import type { AuditTrailItem } from '#forlop/read-models';
import { ReadSide, scopeOf } from '../access/read-side.js';
import { Reads } from '../access/reads.js';
import { CASE_READERS } from '../access/rights.js';
import { listing } from '../http/page-answer.js';
import type { Listing } from '../http/page-answer.js';
import { firstInstant, lastInstant } from '../http/parameters.js';
import type { TakenRead } from '../http/reading.js';

export class GetMunicipalTrail {
  constructor(readonly read: TakenRead) {}
}

@QueryHandler(GetMunicipalTrail)
export class GetMunicipalTrailHandler implements IQueryHandler<GetMunicipalTrail> {
  constructor(
    private readonly reads: Reads,
    private readonly readSide: ReadSide,
  ) {}

  execute({ read }: GetMunicipalTrail): Promise<Listing<AuditTrailItem>> {
    const { from, to } = read.query;
    const within = {
      ...(from === undefined ? {} : { from: firstInstant(from) }),
      ...(to === undefined ? {} : { to: lastInstant(to) }),
    };
    return this.reads.ofMunicipality(read, CASE_READERS, async (owner) => {
      const page = await municipalityAuditTrail(this.readSide.source, scopeOf(owner), within, read.page);
      return { answer: listing(page), caseIds: casesIn(page.items) };
    });
  }
}

/** Every case that the answer names, once. */
const casesIn = (items: readonly AuditTrailItem[]): string[] => [
  ...new Set(items.flatMap(({ caseId, caseIds = [] }) => [...(caseId ? [caseId] : []), ...caseIds])),
];
