import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { accessRequestsIn } from '#forlop/read-models';
import type { AccessRequestItem } from '#forlop/read-models';
import { ReadSide, scopeOf } from '../access/read-side.js';
import { Reads } from '../access/reads.js';
import { ACCESS_REQUEST_READERS } from '../access/rights.js';
import { listing } from '../http/page-answer.js';
import type { Listing } from '../http/page-answer.js';
import type { TakenRead } from '../http/reading.js';

export class ListAccessRequests {
  constructor(readonly read: TakenRead) {}
}

@QueryHandler(ListAccessRequests)
export class ListAccessRequestsHandler implements IQueryHandler<ListAccessRequests> {
  constructor(
    private readonly reads: Reads,
    private readonly readSide: ReadSide,
  ) {}

  /** A party is shown the own requests alone. */
  execute({ read }: ListAccessRequests): Promise<Listing<AccessRequestItem>> {
    const { actor } = read.caller;
    const of = {
      today: read.state.today,
      ...(actor.role === 'PART' ? { requesterRef: actor.subjectId } : {}),
    };
    return this.reads.ofMunicipality(read, ACCESS_REQUEST_READERS, async (owner) => {
      const page = await accessRequestsIn(this.readSide.source, scopeOf(owner), of, read.page);
      return {
        answer: listing(page),
        caseIds: [...new Set(page.items.flatMap(({ caseIds }) => caseIds))],
      };
    });
  }
}
