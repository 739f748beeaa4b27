import type { CaseEventType } from '#forlop/domain';
import { defineProjection } from '#forlop/projections';
import { CASE_STREAM } from '../entry.js';
import { caseChange, onCase } from './case-event.js';
import type { Changes, ChangesOf } from './case-event.js';
import { decisionChanges } from './decision-changes.js';
import { followUpChanges } from './follow-up-changes.js';
import { referralChanges } from './referral-changes.js';
import { caseItemTable, caseOverviewTable } from './tables.js';

const changes: Changes = { ...referralChanges, ...decisionChanges, ...followUpChanges };

/** A case as it stands: where it is, what is in it, and what is left to do. */
export const caseOverview = defineProjection({
  name: 'case-overview',
  version: 1,
  tables: [caseOverviewTable, caseItemTable],
  streams: [CASE_STREAM],
  project: (event) => {
    const change = caseChange(event);
    if (change === undefined) return [];
    // The map pairs each type with its own data; the compiler cannot follow that through a lookup by name.
    const changesOf = changes[event.type as CaseEventType] as ChangesOf<CaseEventType> | undefined;
    return [onCase(change), ...(changesOf?.(change) ?? [])];
  },
});
