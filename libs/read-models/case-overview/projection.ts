import type { CaseEventOf, CaseEventType } from '#forlop/domain';
import type { Row, RowOperation } from '#forlop/projections';
import { defineReadModel } from '../current.js';
import { CASE_STREAM } from '../entry.js';
import type { RestatedEvent } from '../restated.js';
import { restatingCases } from '../restated.js';
import { caseChange, onCase } from './case-event.js';
import type { CaseChange, Changes, ChangesOf } from './case-event.js';
import { decisionChanges } from './decision-changes.js';
import { followUpChanges } from './follow-up-changes.js';
import { referralChanges } from './referral-changes.js';
import { caseItemTable, caseOverviewTable } from './tables.js';

const changes: Changes = { ...referralChanges, ...decisionChanges, ...followUpChanges };

/** A case as it stands: where it is, what is in it, and what is left to do. */
export const caseOverview = defineReadModel({
  name: 'case-overview',
  version: 2,
  tables: [caseOverviewTable, caseItemTable],
  streams: [CASE_STREAM],
  project,
  restating: restatingCases,
});

function project(event: RestatedEvent): readonly RowOperation[] {
  const change = caseChange(event);
  if (change === undefined) return [];
  if (event.retracted === true) return [onCase(change, openedFor(change))];
  // The map pairs each type with its own data; the compiler cannot follow that through a lookup by name.
  const changesOf = changes[event.type as CaseEventType] as ChangesOf<CaseEventType> | undefined;
  return [onCase(change), ...(changesOf?.(change) ?? [])];
}

/** A retracted referral says at least whose case it is: the case is still there, and keeps its child. */
const openedFor = ({ event, data }: CaseChange): Row =>
  event.type === 'ReferralReceived'
    ? { person_id: (data as CaseEventOf<'ReferralReceived'>['data']).childRef }
    : {};
