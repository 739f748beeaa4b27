/** From the chosen measure over consent to the decision and its notice. */
import type { CaseEventOf, JsonObject } from '#forlop/domain';
import { addVirkedager } from '#forlop/domain';
import type { Changes } from './case-event.js';
import { closeTask, openTask, withEvent, withFacts } from './case-event.js';

type DecidedMeasure = CaseEventOf<'MeasureDecided'>['data']['measures'][number];

/** Virkedager within which a withdrawn consent has its consequence (rule 16, P). */
const WITHDRAWAL_FOLLOWED_WITHIN = 5;

export const decisionChanges = {
  MeasureProposed: (change) => {
    const { measureId, catalogueCode, proposedOn } = change.data;
    return [withFacts(change, 'measure', measureId, { catalogueCode, proposedOn })];
  },
  ConsentGiven: (change) => [withEvent(change, 'consent', change.data.consentId)],
  ConsentRefused: (change) => [withEvent(change, 'refusal', change.event.eventId)],
  ConsentWithdrawn: (change) => {
    const { consentId, effect = [], on } = change.data;
    const dueOn = addVirkedager(on, WITHDRAWAL_FOLLOWED_WITHIN);
    return [
      withEvent(change, 'consent', consentId),
      ...effect.flatMap((measureId) =>
        openTask(change, {
          kind: 'END_OR_DECIDE_MEASURE',
          rule: '16',
          dueOn,
          subject: measureId,
          of: { measureId, consentId },
        }),
      ),
    ];
  },
  MeasureDecided: (change) => {
    const { decisionId, decidedOn, decisionType, legalBasis, measures } = change.data;
    return [
      withEvent(change, 'decision', decisionId),
      ...openTask(change, { kind: 'NOTIFY_PARTIES', rule: '25', dueOn: decidedOn, subject: decisionId }),
      ...measures.map(({ measureId }) => closeTask(change, '16', measureId)),
      ...measures.map((measure) =>
        withFacts(change, 'measure', measure.measureId, {
          decisionType,
          // A decision to bring a measure to an end leaves what it is as it was, until it is ended.
          ...(decisionType === 'OPPHORT'
            ? { catalogueCode: measure.catalogueCode }
            : { decisionId, decidedOn, ...decidedFacts(measure, legalBasis) }),
        }),
      ),
    ];
  },
  DecisionNotified: (change) => {
    const { decisionId, notifiedOn } = change.data;
    const somebodyLeft = change.envelope.flags.some(({ slug }) => slug === 'not-notified');
    return [
      withEvent(change, 'decision', decisionId),
      ...(somebodyLeft
        ? openTask(change, { kind: 'NOTIFY_PARTIES', rule: '25', dueOn: notifiedOn, subject: decisionId })
        : [closeTask(change, '25', decisionId)]),
    ];
  },
} satisfies Changes;

/** What of a decided measure is no text; its content stands in the decision. */
const decidedFacts = (measure: DecidedMeasure, legalBasis: string): JsonObject => ({
  catalogueCode: measure.catalogueCode,
  legalBasis: measure.legalBasis ?? legalBasis,
  targetPerson: measure.targetPerson,
  provider: { ...measure.provider },
  voluntary: measure.voluntary,
  startPlanned: measure.startPlanned,
  ...(measure.ssbCategory === undefined ? {} : { ssbCategory: measure.ssbCategory }),
  ...(measure.endPlanned === undefined ? {} : { endPlanned: measure.endPlanned }),
  ...(measure.maxDurationUntil === undefined ? {} : { maxDurationUntil: measure.maxDurationUntil }),
});
