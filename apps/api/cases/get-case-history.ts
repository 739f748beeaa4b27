import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { caseHistoryOf } from '#forlop/read-models';
import type { HistoryItem } from '#forlop/read-models';
import { ReadSide, scopeOf } from '../access/read-side.js';
import { Reads } from '../access/reads.js';
import { CASE_READERS } from '../access/rights.js';
import { Refused } from '../edge/refused.js';
import { listing } from '../http/page-answer.js';
import type { Listing } from '../http/page-answer.js';
import type { TakenRead } from '../http/reading.js';

export class GetCaseHistory {
  constructor(readonly read: TakenRead) {}
}

@QueryHandler(GetCaseHistory)
export class GetCaseHistoryHandler implements IQueryHandler<GetCaseHistory> {
  constructor(
    private readonly reads: Reads,
    private readonly readSide: ReadSide,
  ) {}

  execute({ read }: GetCaseHistory): Promise<Listing<HistoryItem>> {
    return this.reads.ofCase(read, CASE_READERS, async (owner, caseId) => {
      refuseClocks(read);
      const { source, opener } = this.readSide;
      return listing(await caseHistoryOf(source, opener, scopeOf(owner), caseId, read.page));
    });
  }
}

/** Answering as if the clocks were not given would show what was not asked for. */
function refuseClocks({ query }: TakenRead): void {
  const asked = ['knownAt', 'validAt', 'comparedTo'].filter((clock) => query[clock] !== undefined);
  if (asked.length === 0) return;
  throw new Refused('not-yet-supported', {
    detail: `Kronologien kan ennå ikke vises for et annet tidspunkt: ${asked.join(', ')}.`,
    losning: 'Utelat parameteren for å se kronologien slik den er nå.',
  });
}
