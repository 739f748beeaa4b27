import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { casesIn } from '#forlop/read-models';
import type { CaseListItem } from '#forlop/read-models';
import { ReadSide, scopeOf } from '../access/read-side.js';
import { Reads } from '../access/reads.js';
import { OVERVIEW_READERS } from '../access/rights.js';
import { listing } from '../http/page-answer.js';
import type { Listing } from '../http/page-answer.js';
import type { TakenRead } from '../http/reading.js';

export class ListCases {
  constructor(readonly read: TakenRead) {}
}

@QueryHandler(ListCases)
export class ListCasesHandler implements IQueryHandler<ListCases> {
  constructor(
    private readonly reads: Reads,
    private readonly readSide: ReadSide,
  ) {}

  execute({ read }: ListCases): Promise<Listing<CaseListItem>> {
    return this.reads.ofMunicipality(read, OVERVIEW_READERS, async (owner) => {
      const page = await casesIn(this.readSide.source, scopeOf(owner), read.page);
      return { answer: listing(page), caseIds: page.items.map(({ caseId }) => caseId) };
    });
  }
}
