import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { accessRequestOf } from '#forlop/read-models';
import type { AccessRequestView } from '#forlop/read-models';
import { ReadSide, scopeOf } from '../access/read-side.js';
import { Reads } from '../access/reads.js';
import { ACCESS_REQUEST_READERS } from '../access/rights.js';
import type { TakenRead } from '../http/reading.js';

export class GetAccessRequest {
  constructor(readonly read: TakenRead) {}
}

/** What a party sees of the own request: not how each document was assessed before that is decided. */
type PartyView = Omit<AccessRequestView, 'assessments' | 'tasks' | 'identityProof'>;

@QueryHandler(GetAccessRequest)
export class GetAccessRequestHandler implements IQueryHandler<GetAccessRequest> {
  constructor(
    private readonly reads: Reads,
    private readonly readSide: ReadSide,
  ) {}

  execute({ read }: GetAccessRequest): Promise<AccessRequestView | PartyView> {
    const { source, opener } = this.readSide;
    return this.reads.ofRequest(read, ACCESS_REQUEST_READERS, async ({ owner }, requestId) => {
      const view = await accessRequestOf(source, opener, scopeOf(owner), requestId, read.state.today);
      return view && (read.caller.actor.role === 'PART' ? partyView(view) : view);
    });
  }
}

const partyView = ({
  assessments: _assessments,
  tasks: _tasks,
  identityProof: _proof,
  ...view
}: AccessRequestView): PartyView => view;
