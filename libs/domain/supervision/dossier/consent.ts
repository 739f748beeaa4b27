/** Was consent there (rules 13 and 14): when a voluntary measure was decided, when it started, and for as long as it runs. */
import { caseStateIn } from '../../child-case/corrections/effective.js';
import { assertConsents, type Claim } from '../../child-case/decide/consents.js';
import { grantsOf, type OpenCase } from '../../child-case/state.js';
import type { LocalDate } from '../../kernel/dates.js';
import { RuleBroken } from '../../kernel/errors.js';
import { isJudged } from '../../law/rulesets.js';
import { answered, ofType, type DossierQuestion, type Finding, type KnownFact } from './finding.js';

/** Neither an end nor an acute measure rests on consent. */
const NEEDS_NONE = ['OPPHORT', 'AKUTT_4_1'];

interface Moment {
  readonly claim: Claim;
  readonly what: string;
  readonly eventIds: readonly string[];
}

export function wasConsentThere(facts: readonly KnownFact[], on: LocalDate): DossierQuestion {
  const state = caseStateIn(facts);
  const findings =
    state.situation === 'none'
      ? []
      : moments(state, facts, on)
          .filter(({ claim }) => isJudged(claim.on))
          .map((moment) => findingOf(state, facts, moment));
  return answered(
    {
      id: 'samtykke',
      question: 'Forelå det samtykke?',
      counted:
        'ganger forelå samtykke fra alle det trengtes fra, ved vedtak, ved start og mens tiltaket varer',
      nothing: 'Ingen frivillige tiltak er vedtatt.',
    },
    findings,
    facts,
  );
}

function findingOf(state: OpenCase, facts: readonly KnownFact[], { claim, what, eventIds }: Moment): Finding {
  const held = hasConsent(state, claim);
  return {
    held,
    evidence: [...eventIds, ...consentEvents(facts, claim)],
    ...(held ? {} : { remark: `Virksomt samtykke manglet ${what} ${claim.on}.` }),
  };
}

function hasConsent(state: OpenCase, claim: Claim): boolean {
  try {
    assertConsents(state, claim);
    return true;
  } catch (error) {
    if (error instanceof RuleBroken) return false;
    throw error;
  }
}

/** Consents that the moment cites, and what was refused or withdrawn of the measure by then. */
function consentEvents(facts: readonly KnownFact[], { measureId, cited, on }: Claim): readonly string[] {
  const given = ofType(facts, 'ConsentGiven').filter(
    ({ data }) => cited.includes(data.consentId) && data.subjectIds.includes(measureId),
  );
  const ids = given.map(({ data }) => data.consentId);
  const withdrawn = ofType(facts, 'ConsentWithdrawn').filter(
    ({ data }) => ids.includes(data.consentId) && data.on <= on,
  );
  const refused = ofType(facts, 'ConsentRefused').filter(
    ({ data }) => data.subjectIds.includes(measureId) && data.on <= on,
  );
  return [...given, ...withdrawn, ...refused].map(({ eventId }) => eventId);
}

function moments(state: OpenCase, facts: readonly KnownFact[], on: LocalDate): readonly Moment[] {
  const decisions = new Map(ofType(facts, 'MeasureDecided').map((d) => [d.data.decisionId, d.eventId]));
  return Object.entries(state.measures).flatMap(([measureId, measure]) => {
    const resting = grantsOf(measure).filter(
      ({ voluntary, decisionType }) => voluntary && !NEEDS_NONE.includes(decisionType),
    );
    const decided = resting.map((grant): Moment => {
      const { catalogueCode, targetPerson, legalBasis, decidedOn, consentIds } = grant;
      const eventId = decisions.get(grant.decisionId);
      return {
        claim: { measureId, catalogueCode, targetPerson, legalBasis, on: decidedOn, cited: consentIds },
        what: 'ved vedtaket',
        eventIds: eventId === undefined ? [] : [eventId],
      };
    });
    const last = decided.at(-1);
    return last === undefined ? [] : [...decided, ...later(state, facts, last, on)];
  });
}

/** The start, and today for what still runs: there every consent of the case that is effective counts. */
function later(state: OpenCase, facts: readonly KnownFact[], last: Moment, on: LocalDate): readonly Moment[] {
  const { measureId } = last.claim;
  const start = ofType(facts, 'MeasureStarted').find(({ data }) => data.measureId === measureId);
  if (start === undefined) return [];
  const { startedOn, consentIds = [] } = start.data;
  const started: Moment = {
    claim: { ...last.claim, on: startedOn, cited: [...last.claim.cited, ...consentIds] },
    what: 'ved start',
    eventIds: [start.eventId],
  };
  if (state.measures[measureId]?.situation !== 'started' || on < startedOn) return [started];
  const claim = { ...last.claim, on, cited: Object.keys(state.consents) };
  return [started, { claim, what: 'mens tiltaket varer', eventIds: [start.eventId] }];
}
