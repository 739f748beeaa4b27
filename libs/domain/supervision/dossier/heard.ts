/** Was the child heard (bvl §1-4): before each conclusion, decision, plan and evaluation. */
import type { Phase } from '../../child-case/fields.js';
import { isBlank } from '../../child-case/decide/basics.js';
import type { LocalDate } from '../../kernel/dates.js';
import { answered, ofType, type DossierQuestion, type Finding, type KnownFact } from './finding.js';

interface Occasion {
  readonly eventId: string;
  readonly on: LocalDate;
  readonly phases: readonly Phase[];
  readonly what: string;
  /** The view stands in the entry itself. */
  readonly within?: boolean;
}

const occasions = (facts: readonly KnownFact[]): readonly Occasion[] => [
  ...ofType(facts, 'InvestigationConcluded').map(({ eventId, data }): Occasion => ({
    eventId,
    on: data.concludedOn,
    phases: ['UNDERSOKELSE'],
    what: 'konklusjonen',
  })),
  ...ofType(facts, 'MeasureDecided').map(({ eventId, data }): Occasion => ({
    eventId,
    on: data.decidedOn,
    phases: ['VEDTAK', 'TILTAKSVALG'],
    what: 'vedtaket',
  })),
  ...ofType(facts, 'PlanEstablished').map(({ eventId, data }): Occasion => ({
    eventId,
    on: data.establishedOn,
    phases: ['PLAN'],
    what: 'planen',
  })),
  ...ofType(facts, 'EvaluationRecorded').map(({ eventId, data }): Occasion => ({
    eventId,
    on: data.evaluatedOn,
    phases: ['EVALUERING'],
    what: 'evalueringen',
    within: !isBlank(data.childView) || !isBlank(data.participation),
  })),
];

export function wasTheChildHeard(facts: readonly KnownFact[]): DossierQuestion {
  const talks = ofType(facts, 'ChildParticipationRecorded');
  const found = occasions(facts).map(({ eventId, on, phases, what, within }): Finding => {
    const before = talks.filter(({ data }) => phases.includes(data.phase) && data.heldOn <= on);
    const held = within === true || before.some(({ data }) => data.none !== 'NO_OPPORTUNITY');
    return {
      held,
      evidence: [eventId, ...before.map((talk) => talk.eventId)],
      ...(held ? {} : { remark: `Barnet er ikke hørt før ${what} ${on}.` }),
    };
  });
  const soFar = talks.map(({ eventId }): Finding => ({ held: undefined, evidence: [eventId] }));
  return answered(
    {
      id: 'barnet-hort',
      question: 'Ble barnet hørt?',
      counted:
        'ganger ble barnet hørt, eller ønsket ikke å uttale seg, før det ble konkludert, vedtatt, planlagt eller evaluert',
      nothing: 'Ingenting er konkludert, vedtatt, planlagt eller evaluert ennå.',
    },
    found.length === 0 ? soFar : found,
    facts,
  );
}
