/** The child's situation is investigated and the investigation concluded (bvl §§2-2 and 2-5). */
import { addMonths, type CaseEventOf, type LocalDate } from '#forlop/domain';
import { CHANCES, INVESTIGATION_DAYS, LATE_INVESTIGATION_DAYS } from '../assumptions.js';
import { plus } from '../calendar.js';
import { INVESTIGATED_LATE, PETITIONED, UNDER_INVESTIGATION, WITHOUT_MEASURES } from '../statistics.js';
import { askForAccess } from './access.js';
import type { Act, CaseLife } from './case-life.js';
import { contents, isConduct } from './codes.js';
import { decisionTexts, notify, prepareMeasures } from './decision.js';
import { decideMeasures } from './follow-up.js';
import { journal } from './journal.js';
import { mend } from './mending.js';
import { assessChild, assessGuardians, hear } from './people.js';

const REOPENING_SINCE = '2026-01-01';

export const openInvestigation =
  (referralId: string): Act =>
  (life) => {
    const { random } = life;
    // Another referral may have opened it since, or the child come of age.
    if (life.investigationId !== undefined || life.birthday(18) <= life.today) return;
    const investigationId = random.uuid();
    const [event] = life.give('OpenInvestigation', {
      investigationId,
      referralIds: [referralId],
      startedOn: life.today,
      ...(random.chance(0.96) ? { planId: random.uuid() } : {}),
    });
    life.investigationId = investigationId;
    const { dueOn } = (event as CaseEventOf<'InvestigationOpened'>).data;
    const concludeOn = conclusionDay(life, dueOn);
    gather(life, concludeOn);
    if (concludeOn > dueOn && random.chance(0.45)) extend(life, dueOn);
    outcome(life, concludeOn);
    life.perhapsReferredAgain(UNDER_INVESTIGATION * 1.7, [3, 70]);
    life.perhapsReferredAgain(UNDER_INVESTIGATION * 0.9, [3, 70]);
    if (random.chance(CHANCES.asksForAccess)) life.in(random.between(10, 200), askForAccess);
    if (random.chance(CHANCES.corrected)) life.in(random.between(5, 150), mend);
  };

function conclusionDay(life: CaseLife, dueOn: LocalDate): LocalDate {
  const { random } = life;
  return random.chance(INVESTIGATED_LATE * 1.7)
    ? plus(dueOn, random.days(LATE_INVESTIGATION_DAYS))
    : plus(life.today, random.days(INVESTIGATION_DAYS));
}

/** What is found out on the way. */
function gather(life: CaseLife, concludeOn: LocalDate): void {
  const { random } = life;
  life.in(random.between(0, 5), (now) => {
    assessGuardians(now);
    assessChild(now);
  });
  if (random.chance(0.55)) life.in(random.between(1, 12), shareWithService);
  for (let documents = random.between(0, 3); documents > 0; documents -= 1) {
    life.in(random.between(3, 16), (now) =>
      journal(now, random.chance(0.7) ? 'I' : 'N', now.text('documents')),
    );
  }
  life.on(plus(concludeOn, -random.between(9, 14)), (now) => hear(now, 'UNDERSOKELSE'));
  if (random.chance(0.9)) life.on(plus(concludeOn, -8), summarise);
}

/** A consent to share with another service, given or refused. */
const shareWithService: Act = (life) => {
  const [carer] = life.household.guardians;
  if (carer === undefined) return;
  const service = life.random.pick(
    life.age < 6 ? ['BARNEHAGE', 'HELSESTASJON'] : ['SKOLE', 'PPT', 'BUP', 'FASTLEGE'],
  );
  if (life.random.chance(0.07)) {
    life.give('RecordConsentRefusal', {
      subjectIds: [service],
      by: carer.personId,
      on: life.today,
      reason: life.text('unwilling'),
    });
    return;
  }
  const consentId = life.random.uuid();
  life.give('RecordConsent', {
    consentId,
    kind: 'SAMARBEID_INFO',
    subjectIds: [service],
    givenBy: carer.personId,
    capacity: carer.relation === 'BESTEFORELDER' ? 'GUARDIAN' : 'DAILY_CARE',
    form: 'WRITTEN',
    givenOn: life.today,
    purpose: life.text('purpose'),
    informationShared: [
      { what: life.text('shared'), withWhom: service, why: 'For å belyse barnets situasjon.' },
    ],
    validFrom: life.today,
    validTo: addMonths(life.today, 6),
    informedOf: { rightToWithdraw: true, rightToComplain: true, participation: true, sharing: true },
  });
  if (life.random.chance(0.03)) {
    life.in(life.random.between(10, 50), (now) =>
      now.give('WithdrawConsent', {
        consentId,
        by: carer.personId,
        on: now.today,
        reason: now.text('unwilling'),
      }),
    );
  }
};

const RISKS = ['2.1.03', '2.2.01', '2.3.01', '2.4.01', '3.1.01', '1.3.01', '1.2.03'];
const STRENGTHS = ['3.3.02', '1.4.01', '1.2.01', '3.1.02'];

const summarise: Act = (life) => {
  const { random } = life;
  life.give('SummariseFindings', {
    summarisedOn: life.today,
    findings: life.text('findings', random.between(2, 4)),
    childView: life.text('opinion'),
    parentView: life.text('parentView'),
    riskFactors: random.some(RISKS, random.between(1, 3)),
    protectiveFactors: random.some(STRENGTHS, random.between(1, 2)),
  });
};

/** Asked for before the time runs out; now and then it is refused. */
function extend(life: CaseLife, dueOn: LocalDate): void {
  const { investigationId } = life;
  life.on(plus(dueOn, -life.random.between(5, 15)), (now) => {
    if (investigationId === undefined || now.investigationId !== investigationId) return;
    now.give(
      'ExtendInvestigation',
      {
        investigationId,
        extendedOn: now.today,
        granted: now.random.chance(0.9) ? '1' : '2',
        reason: now.text('extension'),
        newDueOn: addMonths(dueOn, 3),
      },
      now.colleague('LEDER'),
    );
  });
}

/** How it will end, which what is done before it hangs on. */
function outcome(life: CaseLife, concludeOn: LocalDate): void {
  const { random } = life;
  if (random.chance(PETITIONED)) life.on(concludeOn, petition);
  else if (random.chance(WITHOUT_MEASURES - CHANCES.refused * 0.4)) life.on(concludeOn, dismiss);
  else {
    const proposed = prepareMeasures(life, plus(concludeOn, -7));
    life.on(concludeOn, (now) => {
      const { investigationId } = now;
      const measures = proposed();
      const decision =
        measures.length > 0 && now.birthday(18) > now.today ? decideMeasures(now, measures) : undefined;
      if (decision === undefined || investigationId === undefined) return dismiss(now);
      now.give('ConcludeInvestigation', {
        investigationId,
        concludedOn: now.today,
        outcome: 'VEDTAK_TILTAK',
        grounds: decision.grounds,
        findings: now.text('findings', 2),
        decisionId: decision.decisionId,
      });
      now.investigationId = undefined;
    });
  }
}

const petition: Act = (life) => {
  const { investigationId } = life;
  if (investigationId === undefined) return;
  life.give('ConcludeInvestigation', {
    investigationId,
    concludedOn: life.today,
    outcome: 'BEGJAERING',
    grounds: contents(life.random, life.today),
    findings: life.text('findings', 3),
    decisionId: life.random.uuid(),
    petitionId: life.random.uuid(),
  });
  life.investigationId = undefined;
};

/** A henleggelse: a decision with reasons, which is notified; where parents refused, with leave to reopen (since 2026). */
const dismiss: Act = (life) => {
  const { investigationId, random, state } = life;
  if (investigationId === undefined) return;
  const hasRefusal =
    state.situation === 'open' && state.refusals.some(({ by }) => by !== life.child.personId);
  const reopens = hasRefusal && life.today >= REOPENING_SINCE && random.chance(0.7);
  const decisionId = random.uuid();
  const grounds = contents(random, life.today);
  const documentId = journal(life, 'U', 'VEDTAK');
  const isLeader = random.chance(0.5);
  life.give(
    'ConcludeInvestigation',
    {
      investigationId,
      concludedOn: life.today,
      outcome: reopens ? 'HENLAGT_MED_GJENAPNING' : 'HENLAGT',
      ...(reopens ? { reopenUntil: addMonths(life.today, 6) } : {}),
      grounds,
      findings: life.text('findings', 2),
      decisionId,
      documentId,
      ...decisionTexts(life),
      ...(isLeader ? {} : { decidedBy: { delegation: 'Delegert fra barnevernsleder' } }),
    },
    isLeader ? life.colleague('LEDER') : life.caseworker,
  );
  life.investigationId = undefined;
  if (isConduct(grounds)) assessChild(life, true);
  life.in(random.between(0, 4), notify(decisionId));
  life.perhapsReferredAgain(CHANCES.reopened, [40, 600]);
};
