/** The things of a case that deadlines hang on, each with its entries: as its stream has them, or as a read model keeps them. */
import type { CaseEvent, CaseEventOf, CaseEventType } from '../child-case/events.js';
import { countedEvent, type Effective } from '../child-case/corrections/effective.js';
import type { LocalDate } from '../kernel/dates.js';

/** An entry of a thing; without data where the thing keeps none. */
export interface ThingEntry {
  readonly eventId: string;
  readonly type: string;
  readonly data?: object;
}

/** A referral, an investigation, a decision or a plan, with its entries in the order of the stream. */
export interface CaseThing {
  readonly key: string;
  readonly events: readonly ThingEntry[];
}

/** A measure that was chosen or decided on; with the days of its start and end once it has them. */
export interface MeasureDays {
  readonly key: string;
  readonly startedOn?: LocalDate;
  readonly startedByEventId?: string;
  readonly endedOn?: LocalDate;
}

export interface CaseThings {
  readonly referrals: readonly CaseThing[];
  readonly investigations: readonly CaseThing[];
  readonly decisions: readonly CaseThing[];
  readonly plans: readonly CaseThing[];
  readonly measures: readonly MeasureDays[];
  /** Weekly statuses, of a measure or of a plan. */
  readonly statuses: readonly Said<'FollowUpStatusRecorded'>[];
}

/** What an entry says, and which one it is. */
export interface Said<T extends CaseEventType> {
  readonly eventId: string;
  readonly data: CaseEventOf<T>['data'];
}

/** The entries of a type, in order. Every stored payload passed its shape before it was stored. */
export const saidIn = <T extends CaseEventType>({ events }: CaseThing, type: T): Said<T>[] =>
  events.flatMap(({ eventId, type: own, data }) =>
    own === type && data !== undefined ? [{ eventId, data: data as unknown as CaseEventOf<T>['data'] }] : [],
  );

/** Types of the entries that a deadline hangs on; whatever else is recorded in a case moves none, corrections apart. */
export const DEADLINE_ENTRIES: readonly CaseEventType[] = [
  'ReferralReceived',
  'ReferralAssessed',
  'InvestigationOpened',
  'InvestigationExtended',
  'InvestigationConcluded',
  'MeasureProposed',
  'MeasureDecided',
  'DecisionNotified',
  'PlanEstablished',
  'PlanRevised',
  'MeasureStarted',
  'FollowUpStatusRecorded',
  'EvaluationRecorded',
  'MeasureEnded',
];

/** By the entries that count, as corrected. Texts may still be sealed: none is looked at. */
export function thingsOf(entries: readonly Effective[]): CaseThings {
  const [referrals, investigations, decisions, plans] = [
    new Things(),
    new Things(),
    new Things(),
    new Things(),
  ];
  const measures = new Map<string, MeasureDays>();
  const statuses: Said<'FollowUpStatusRecorded'>[] = [];
  const measure = (key: string, days: Partial<MeasureDays>) =>
    measures.set(key, { ...(measures.get(key) ?? { key }), ...days });
  for (const entry of entries) {
    const event = countedEvent(entry);
    if (event === undefined) continue;
    const { eventId } = entry.recorded;
    switch (event.type) {
      case 'ReferralReceived':
      case 'ReferralAssessed':
        referrals.add(event.data.referralId, eventId, event);
        break;
      case 'InvestigationConcluded':
        // A henleggelse is itself a decision.
        if (event.data.decisionId !== undefined && isHenleggelse(event.data.outcome))
          decisions.add(event.data.decisionId, eventId, event);
        investigations.add(event.data.investigationId, eventId, event);
        break;
      case 'InvestigationOpened':
      case 'InvestigationExtended':
        investigations.add(event.data.investigationId, eventId, event);
        break;
      case 'MeasureProposed':
        measure(event.data.measureId, {});
        break;
      case 'MeasureDecided':
        for (const { measureId } of event.data.measures) measure(measureId, {});
        decisions.add(event.data.decisionId, eventId, event);
        break;
      case 'DecisionNotified':
        decisions.add(event.data.decisionId, eventId, event);
        break;
      case 'PlanEstablished':
      case 'PlanRevised':
      case 'EvaluationRecorded':
        plans.add(event.data.planId, eventId, event);
        break;
      case 'MeasureStarted':
        measure(event.data.measureId, { startedOn: event.data.startedOn, startedByEventId: eventId });
        break;
      case 'MeasureEnded':
        measure(event.data.measureId, { endedOn: event.data.endedOn });
        break;
      case 'FollowUpStatusRecorded':
        statuses.push({ eventId, data: event.data });
        break;
      default:
    }
  }
  return {
    referrals: referrals.all(),
    investigations: investigations.all(),
    decisions: decisions.all(),
    plans: plans.all(),
    measures: [...measures.values()],
    statuses,
  };
}

const isHenleggelse = (outcome: string | undefined): boolean =>
  outcome === 'HENLAGT' || outcome === 'HENLAGT_MED_GJENAPNING';

class Things {
  private readonly byKey = new Map<string, ThingEntry[]>();

  add(key: string, eventId: string, { type, data }: CaseEvent): void {
    const entry = { eventId, type, data };
    const entries = this.byKey.get(key);
    if (entries === undefined) this.byKey.set(key, [entry]);
    else entries.push(entry);
  }

  all(): CaseThing[] {
    return [...this.byKey].map(([key, events]) => ({ key, events }));
  }
}
