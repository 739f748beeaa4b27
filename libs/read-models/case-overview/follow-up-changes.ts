/** Plan, start, evaluation, end, and the documents. */
import type { Changes } from './case-event.js';
import { closeTask, openTask, settle, withEvent, withFacts } from './case-event.js';

export const followUpChanges = {
  PlanEstablished: (change) => [withEvent(change, 'plan', change.data.planId)],
  PlanRevised: (change) => [
    withEvent(change, 'plan', change.data.planId),
    closeTask(change, '32', change.data.planId),
  ],
  PlanAcknowledged: (change) => [withEvent(change, 'plan', change.data.planId)],
  EvaluationRecorded: (change) => {
    const { planId, evaluatedOn, measures } = change.data;
    const toBeChanged = measures.some(({ recommendation }) => ['JUSTER', 'BYTT'].includes(recommendation));
    return [
      withEvent(change, 'plan', planId),
      ...(toBeChanged
        ? openTask(change, { kind: 'REVISE_PLAN', rule: '32', dueOn: evaluatedOn, subject: planId })
        : []),
    ];
  },
  MeasureStarted: (change) => [
    withFacts(change, 'measure', change.data.measureId, { startedOn: change.data.startedOn }),
  ],
  MeasureEnded: (change) => [
    settle(change, 'MEASURES_ENDED'),
    withFacts(change, 'measure', change.data.measureId, {
      endedOn: change.data.endedOn,
      endReason: change.data.reason,
    }),
    closeTask(change, '16', change.data.measureId),
  ],
  DocumentJournaled: (change) => [withEvent(change, 'document', change.data.documentId)],
} satisfies Changes;
