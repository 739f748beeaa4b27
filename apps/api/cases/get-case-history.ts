import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { historyAt } from '#forlop/read-models';
import type { CaseHistory, HistoryClocks } from '#forlop/read-models';
import { ReadSide, scopeOf } from '../access/read-side.js';
import { Reads } from '../access/reads.js';
import { CASE_READERS } from '../access/rights.js';
import { listing } from '../http/page-answer.js';
import type { TakenRead } from '../http/reading.js';

export class GetCaseHistory {
  constructor(readonly read: TakenRead) {}
}

/** The position stands in the header. */
export type HistoryAnswer = Omit<CaseHistory, 'position'>;

@QueryHandler(GetCaseHistory)
export class GetCaseHistoryHandler implements IQueryHandler<GetCaseHistory> {
  constructor(
    private readonly reads: Reads,
    private readonly readSide: ReadSide,
  ) {}

  execute({ read }: GetCaseHistory): Promise<HistoryAnswer> {
    return this.reads.ofHistory(read, CASE_READERS, async (owner, caseId) => {
      const { source, opener } = this.readSide;
      return answerOf(await historyAt(source, opener, scopeOf(owner), caseId, clocksOf(read), read.page));
    });
  }
}

export const answerOf = ({ state, readBy, differences, ...page }: CaseHistory): HistoryAnswer => ({
  ...listing(page),
  state,
  readBy,
  ...(differences === undefined ? {} : { differences }),
});

/** The two clocks of a request, and the instant to compare with. */
export function clocksOf({ query, state }: TakenRead): HistoryClocks {
  const { knownAt, validAt, comparedTo } = query;
  return {
    now: state.now,
    ...(knownAt === undefined ? {} : { knownAt }),
    ...(validAt === undefined ? {} : { validAt }),
    ...(comparedTo === undefined ? {} : { comparedTo }),
  };
}
