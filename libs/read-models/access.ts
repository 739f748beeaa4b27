import type { Infer } from '#forlop/domain';
import { CaseHistoryAccessed } from '#forlop/domain';
import type { ProjectedEvent } from '#forlop/projections';

/** A read, or an attempt at one (`CaseHistoryAccessed`). */
export type Access = Infer<typeof CaseHistoryAccessed.shape>;

/** The access that an event records, with each case once; undefined for an event of another type. */
export function accessIn(event: ProjectedEvent): Access | undefined {
  if (event.type !== CaseHistoryAccessed.type) return undefined;
  const access = event.data as unknown as Access;
  return { ...access, caseIds: [...new Set(access.caseIds)] };
}
