import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { NotFound } from '#forlop/command-handling';
import { isIndicatorId, NOT_YET_COMPUTABLE, RuleBroken } from '#forlop/domain';
import type { IndicatorId } from '#forlop/domain';
import type { EventBehind } from '#forlop/read-models';
import { Reads } from '../access/reads.js';
import { REPORT_EVENT_READERS } from '../access/rights.js';
import type { Listing } from '../http/page-answer.js';
import type { Page, TakenRead } from '../http/reading.js';
import { reportKeyIn } from './report-key.js';
import { Reports } from './reports.js';

export class GetIndicatorEvents {
  constructor(readonly read: TakenRead) {}
}

@QueryHandler(GetIndicatorEvents)
export class GetIndicatorEventsHandler implements IQueryHandler<GetIndicatorEvents> {
  constructor(
    private readonly reads: Reads,
    private readonly reports: Reports,
  ) {}

  execute({ read }: GetIndicatorEvents): Promise<Listing<EventBehind>> {
    const view = read.query['view'] === 'known' ? 'known' : 'reported';
    return this.reads.ofNamedMunicipality(read, REPORT_EVENT_READERS, async (owner) => {
      const indicator = indicatorIn(read);
      const key = reportKeyIn(read.path);
      const events = await this.reports.events(owner, key, indicator, view, read.state.today);
      const answer = pageOf(events, read.page);
      const cases = answer.items.flatMap(({ caseId }) => (caseId === undefined ? [] : [caseId]));
      return { answer, caseIds: [...new Set(cases)] };
    });
  }
}

function indicatorIn({ path }: TakenRead): IndicatorId {
  const id = (path['Qn'] ?? '').toUpperCase();
  if (isIndicatorId(id)) return id;
  const reason = NOT_YET_COMPUTABLE[id];
  if (reason === undefined) throw new NotFound();
  throw new RuleBroken({
    slug: 'not-yet-supported',
    detail: `${id} beregnes ikke ennå. ${reason}`,
    losning: 'Velg en av indikatorene i rapporten.',
  });
}

/** Events come in the order of their positions, whose text orders them. */
function pageOf(events: readonly EventBehind[], { limit, after = '' }: Page): Listing<EventBehind> {
  const rest = events.filter(({ position }) => position > after);
  const items = rest.slice(0, limit);
  const next = rest.length > limit ? items.at(-1)?.position : undefined;
  return { items, ...(next === undefined ? {} : { next }) };
}
