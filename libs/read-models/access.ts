import type { Infer } from '#forlop/domain';
import { CaseHistoryAccessed, OperatorActRecorded } from '#forlop/domain';
import type { ProjectedEvent } from '#forlop/projections';

/** A read, or an attempt at one (`CaseHistoryAccessed`). */
export type Access = Infer<typeof CaseHistoryAccessed.shape>;

/** The access that an event records, with each case once; undefined for an event of another type. */
export function accessIn(event: ProjectedEvent): Access | undefined {
  if (event.type !== CaseHistoryAccessed.type) return undefined;
  const access = event.data as unknown as Access;
  return { ...access, caseIds: [...new Set(access.caseIds)] };
}

/** What an operator did (`OperatorActRecorded`); undefined for an event of another type. */
export function operatorActIn(event: ProjectedEvent): Infer<typeof OperatorActRecorded.shape> | undefined {
  if (event.type !== OperatorActRecorded.type) return undefined;
  return event.data as unknown as Infer<typeof OperatorActRecorded.shape>;
}

/** What was done or read, as a trail shows it: the route as it is written, or an operator's command and its target. */
export type Trailed = Access['what'] & { readonly target?: string; readonly reason?: string };
