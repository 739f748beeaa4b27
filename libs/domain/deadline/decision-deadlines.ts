/** D7, D12 and D13: the plan that a decision asks for, and the time in which it is complained of. */
import { complaintDeadline, dutyDeadline, lateComplaintLimit } from '../law/deadlines.js';
import { metBy, type StandingDeadline } from './standing.js';
import { saidIn, type CaseThing } from './things.js';

/** D7: a plan for what was decided, met by the first version of any plan that holds one of its measures. */
export function planOf(decision: CaseThing, plans: readonly CaseThing[]): StandingDeadline[] {
  const [decided] = saidIn(decision, 'MeasureDecided');
  if (decided === undefined || decided.data.decisionType === 'OPPHORT') return [];
  const measures = decided.data.measures.map(({ measureId }) => measureId);
  const [planned] = plans
    .flatMap(versionsOf)
    .filter((version) => version.measures.some((measureId) => measures.includes(measureId)))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return [
    metBy(
      {
        ...dutyDeadline('D7', decided.data.planDueOn),
        kind: 'duty',
        slot: 'D7',
        subject: decision.key,
        triggerEventId: decided.eventId,
        triggeredOn: decided.data.decidedOn,
      },
      planned,
    ),
  ];
}

/** A version of a plan: when it was made, and for which measures. */
export interface PlanMade {
  readonly eventId: string;
  readonly on: string;
  readonly measures: readonly string[];
}

export const versionsOf = (plan: CaseThing): PlanMade[] => [
  ...saidIn(plan, 'PlanEstablished').map(({ eventId, data }) => ({
    eventId,
    on: data.establishedOn,
    measures: (data.measures ?? []).map(({ measureId }) => measureId),
  })),
  ...saidIn(plan, 'PlanRevised').map(({ eventId, data }) => ({
    eventId,
    on: data.revisedOn,
    measures: (data.measures ?? []).map(({ measureId }) => measureId),
  })),
];

/** D12: a right of the party who was reached last. */
export function complaintOf(decision: CaseThing): StandingDeadline[] {
  const last = saidIn(decision, 'DecisionNotified')
    .flatMap(({ eventId, data }) =>
      data.recipients.flatMap(({ capacity, reachedOn }) =>
        capacity === 'PART' && reachedOn !== undefined ? [{ eventId, reachedOn }] : [],
      ),
    )
    .sort((a, b) => (a.reachedOn < b.reachedOn ? -1 : a.reachedOn > b.reachedOn ? 1 : 0))
    .at(-1);
  if (last === undefined) return [];
  return [
    {
      ...complaintDeadline(last.reachedOn),
      kind: 'limit',
      slot: 'D12',
      subject: decision.key,
      triggerEventId: last.eventId,
      triggeredOn: last.reachedOn,
    },
  ];
}

/** D13: the year after which no complaint is heard, also of a henleggelse. */
export function lateComplaintOf(decision: CaseThing): StandingDeadline[] {
  const [decided] = [
    ...saidIn(decision, 'MeasureDecided').map(({ eventId, data }) => ({ eventId, on: data.decidedOn })),
    ...saidIn(decision, 'InvestigationConcluded').map(({ eventId, data }) => ({
      eventId,
      on: data.concludedOn,
    })),
  ];
  if (decided === undefined) return [];
  return [
    {
      ...lateComplaintLimit(decided.on),
      kind: 'limit',
      slot: 'D13',
      subject: decision.key,
      triggerEventId: decided.eventId,
      triggeredOn: decided.on,
    },
  ];
}
