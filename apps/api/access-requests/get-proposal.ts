import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Innsyn } from '#forlop/command-handling';
import type { ProposalItem } from '#forlop/command-handling';
import { Reads } from '../access/reads.js';
import { INNSYN_READERS } from '../access/rights.js';
import type { Listing } from '../http/page-answer.js';
import type { TakenRead } from '../http/reading.js';

export class GetProposal {
  constructor(readonly read: TakenRead) {}
}

@QueryHandler(GetProposal)
export class GetProposalHandler implements IQueryHandler<GetProposal> {
  constructor(
    private readonly reads: Reads,
    private readonly innsyn: Innsyn,
  ) {}

  execute({ read }: GetProposal): Promise<Listing<ProposalItem>> {
    return this.reads.ofRequest(read, INNSYN_READERS, async (_requested, requestId) => ({
      items: await this.innsyn.proposal(requestId),
    }));
  }
}
