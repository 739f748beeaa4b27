import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { caseOverviewOf, liftedRefusalTasks } from '#forlop/read-models';
import type { CaseOverview } from '#forlop/read-models';
import { ReadSide, scopeOf } from '../access/read-side.js';
import { Reads } from '../access/reads.js';
import { CASE_READERS, OVERVIEW_READERS } from '../access/rights.js';
import type { TakenRead } from '../http/reading.js';

export class GetCase {
  constructor(readonly read: TakenRead) {}
}

/** What follow-up teams need to do their work: not why the case is there, nor what was said in it. */
type FollowUpView = Pick<
  CaseOverview,
  | 'caseId'
  | 'personId'
  | 'municipality'
  | 'district'
  | 'state'
  | 'revision'
  | 'plans'
  | 'measures'
  | 'deadlines'
  | 'tasks'
>;

@QueryHandler(GetCase)
export class GetCaseHandler implements IQueryHandler<GetCase> {
  constructor(
    private readonly reads: Reads,
    private readonly readSide: ReadSide,
  ) {}

  execute({ read }: GetCase): Promise<CaseOverview | FollowUpView> {
    const { source, opener } = this.readSide;
    return this.reads.ofCase(read, OVERVIEW_READERS, async (owner, caseId) => {
      const { case: overview } = await caseOverviewOf(
        source,
        opener,
        scopeOf(owner),
        caseId,
        read.state.today,
      );
      if (overview === undefined) return undefined;
      const lifted = await liftedRefusalTasks(source, scopeOf(owner), { caseId }, read.state.today);
      const whole = { ...overview, tasks: [...overview.tasks, ...lifted] };
      return CASE_READERS.includes(read.caller.actor.role) ? whole : followUpView(whole);
    });
  }
}

function followUpView(overview: CaseOverview): FollowUpView {
  const { caseId, personId, municipality, district, state, revision, plans, measures, deadlines, tasks } =
    overview;
  return {
    caseId,
    personId,
    municipality,
    ...(district === undefined ? {} : { district }),
    state,
    revision,
    plans,
    measures,
    deadlines,
    tasks,
  };
}
