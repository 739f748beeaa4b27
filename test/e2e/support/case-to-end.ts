import type { Client, Json } from './client.js';
import { day, openCase } from './story.js';
import type { OpenCase } from './story.js';

const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** A whole case, from referral to ended measure, step by step; each step's answer by its name. */
export async function playCase(clerk: Client, leader: Client) {
  const opened = await openCase(clerk);
  const at = `/cases/${opened.caseId}`;
  const answers: Record<string, Json> = {};
  const step = async (who: Client, path: string, body: Json): Promise<Json> => {
    const answer = await who.accepted(`${at}${path}`, body);
    answers[path] = answer;
    return answer;
  };
  const { measureId, investigationId } = await investigate(opened, clerk, step);
  const { decisionId, consentIds } = await decide(opened, measureId, { clerk, leader }, step);
  await step(clerk, `/decisions/${decisionId}/notification`, notification(opened));
  await step(clerk, `/investigations/${investigationId}/conclusion`, conclusion(decisionId));
  const plan = await planFor(opened, measureId, clerk, step);
  const last = await carryOut({ measureId, consentIds, ...plan }, clerk, step);
  return {
    ...opened,
    answers,
    measureId,
    decisionId,
    planId: plan.planId,
    position: last['position'] as string,
  };
}

type Step = (who: Client, path: string, body: Json) => Promise<Json>;

async function investigate({ referralId, mother, father }: OpenCase, clerk: Client, step: Step) {
  await step(clerk, `/referrals/${referralId}/assessment`, {
    assessedOn: day(-76),
    conclusion: 'INVESTIGATE',
    immediateActionNeeded: false,
    professionalAssessment: 'Meldingen gir rimelig grunn til å undersøke.',
  });
  const { investigationId } = await step(clerk, '/investigations', {
    referralIds: [referralId],
    startedOn: day(-76),
    planId: SOME_PLAN,
  });
  await step(clerk, '/participations', participation('UNDERSOKELSE', day(-70)));
  for (const personRef of [mother, father]) {
    await step(clerk, '/party-statuses', {
      personRef,
      assessedOn: day(-70),
      role: 'PARENT_DAILY_CARE',
      isParty: true,
      basis: 'FVL_2E',
      hasParentalResponsibility: true,
    });
  }
  await step(clerk, '/findings', { summarisedOn: day(-66), findings: 'Morgenrutinene svikter.' });
  const { measureId } = await step(clerk, '/proposals', {
    proposedOn: day(-66),
    catalogueCode: 'hjemmeveiledning',
    whyThisMeasure: 'Foreldrene trenger støtte der rutinene skal fungere.',
    suitability: 'Egnet.',
  });
  await step(clerk, '/roles', {
    clarifiedOn: day(-65),
    contacts: [{ service: 'Skole', name: { first: 'Testine', last: 'Eksempel' }, role: 'Kontaktlærer' }],
    coordinator: 'Barnevernstjenesten',
  });
  return { measureId: measureId as string, investigationId: String(investigationId) };
}

const SOME_PLAN = 'a3b1c0de-0001-4000-8000-000000000003';

const participation = (phase: string, heldOn: string): Json => ({
  phase,
  method: 'CONVERSATION',
  heldOn,
  opinion: 'Barnet ønsker hjelp om morgenen.',
  weight: 'Ønsket er lagt til grunn.',
  informedOfUse: true,
});

async function decide(
  { mother, father }: OpenCase,
  measureId: string,
  { clerk, leader }: { clerk: Client; leader: Client },
  step: Step,
) {
  const consentIds: string[] = [];
  for (const givenBy of [mother, father]) {
    const { consentId } = await step(clerk, '/consents', consent(measureId, givenBy));
    consentIds.push(consentId as string);
  }
  await step(clerk, '/participations', participation('VEDTAK', day(-63)));
  const { documentId } = await step(clerk, '/documents', decisionDocument(mother));
  const { decisionId } = await step(
    leader,
    '/decisions',
    decision(measureId, mother, documentId, consentIds),
  );
  return { decisionId: decisionId as string, consentIds };
}

const consent = (measureId: string, givenBy: string): Json => ({
  kind: 'TILTAK',
  subjectIds: [measureId],
  givenBy,
  capacity: 'DAILY_CARE',
  form: 'WRITTEN',
  givenOn: day(-64),
  purpose: 'Veiledning i hjemmet om morgenrutiner.',
  informationShared: [{ what: 'Oppmøte', withWhom: 'Skolen', why: 'For å se om rutinene virker.' }],
  validFrom: day(-64),
  untilMeasureEnds: true,
  informedOf: { rightToWithdraw: true, rightToComplain: true, participation: true, sharing: true },
});

const decisionDocument = (mother: string): Json => ({
  journaledOn: day(-62),
  noark: {
    systemID: '2026/00042-7',
    type: 'U',
    date: day(-62),
    parties: [{ personRef: mother, name: { first: 'Mona', last: 'Prøvesen' }, role: 'Mottaker' }],
  },
  documentClass: 'Vedtaksbrev om hjelpetiltak',
  sha256: SHA256,
  internal: false,
});

const decision = (measureId: string, mother: string, documentId: unknown, consentIds: string[]): Json => ({
  decidedOn: day(-62),
  decisionType: 'NYTT',
  legalBasis: '3-1',
  documentId,
  measures: [
    {
      measureId,
      catalogueCode: 'hjemmeveiledning',
      ssbCategory: '3.10',
      targetPerson: mother,
      content: 'Veiledning hjemme to ettermiddager i uken.',
      frequency: 'To ganger i uken',
      provider: { type: 'KOMMUNE' },
      startPlanned: day(-60),
      endPlanned: day(120),
      voluntary: true,
    },
  ],
  grounds: [{ code: '1.2.03' }],
  facts: 'Barnet har kommet for sent 14 av 20 skoledager.',
  professionalAssessment: 'Rutinene hjemme svikter.',
  childOpinion: 'Barnet ønsker hjelp.',
  weightGiven: 'Barnets ønske er lagt til grunn.',
  bestInterests: 'Barnet blir boende hjemme med bedre omsorg.',
  familyTies: 'Båndet til foreldrene styrkes.',
  whyThisMeasure: 'Veiledning der hverdagen skjer, treffer årsaken.',
  consentIds,
});

const conclusion = (decisionId: string): Json => ({
  concludedOn: day(-61),
  outcome: 'VEDTAK_TILTAK',
  grounds: [{ code: '1.2.03' }],
  findings: 'Barnet trenger mer forutsigbare rutiner.',
  decisionId,
});

const notification = ({ mother, father }: OpenCase): Json => ({
  notifiedOn: day(-61),
  recipients: [mother, father].map((personRef) => ({ personRef, capacity: 'PART', sentOn: day(-61) })),
  includes: {
    complaintRight: true,
    body: true,
    deadline: true,
    procedure: true,
    accessRight: true,
    suspension: true,
  },
});

async function planFor({ mother }: OpenCase, measureId: string, clerk: Client, step: Step) {
  await step(clerk, '/participations', participation('PLAN', day(-61)));
  const goalId = 'a3b1c0de-0001-4000-8000-000000000009';
  const { planId } = await step(clerk, '/plans', {
    establishedOn: day(-61),
    planType: '1',
    purpose: 'Barnet skal komme uthvilt og i tide til skolen.',
    goals: [{ goalId, text: 'Oppmøte på 90 prosent.', indicator: 'Oppmøte i prosent', target: '90 prosent' }],
    measures: [{ measureId, what: 'Veiledning', howOften: 'To ganger i uken', who: 'Teamet' }],
    durationUntil: day(120),
    roles: ['Primærkontakt: saksbehandler'],
    milestones: ['Første evaluering'],
    firstEvaluationOn: day(-25),
    mainEvaluationEvery: 'P3M',
    participation: 'Barnet ønsker møtene tidlig.',
    safety: 'Ved konflikt ringer barnet tante.',
    emergency: 'Akutt: 112.',
    closingCriteria: ['Oppmøtet er stabilt.'],
  });
  await step(clerk, `/plans/${String(planId)}/acknowledgement`, {
    version: 1,
    acknowledgedOn: day(-60),
    personRef: mother,
    form: 'Signert på møtet',
  });
  return { planId: planId as string, goalId };
}

interface Running {
  readonly measureId: string;
  readonly planId: string;
  readonly goalId: string;
  readonly consentIds: readonly string[];
}

async function carryOut({ measureId, planId, goalId }: Running, clerk: Client, step: Step): Promise<Json> {
  await step(clerk, '/start-meetings', { on: day(-60), participants: ['Mor', 'Barnet'], childPresent: true });
  await step(clerk, `/measures/${measureId}/start`, { startedOn: day(-60), provider: { type: 'KOMMUNE' } });
  await step(clerk, '/statuses', { measureId, on: day(-53), week: 1, whatWorked: 'Felles frokost.' });
  const evaluation = (kind: string, on: string): Json => ({
    planId,
    planVersion: 1,
    evaluatedOn: on,
    kind,
    period: { from: day(-60), to: on },
    goals: [{ goalId, observed: '90 prosent oppmøte', result: 'NADD' }],
    worksAsIntended: true,
    needForNewMeasures: false,
    groundsForCareOrder: false,
    childView: 'Morgenene er blitt roligere.',
    measures: [{ measureId, recommendation: kind === 'AVSLUTTENDE' ? 'AVSLUTT' : 'FORTSETT' }],
    evaluators: [{ name: { first: 'Testine', last: 'Eksempel' }, role: 'Saksbehandler' }],
    ...(kind === 'AVSLUTTENDE' ? {} : { nextDueOn: day(60) }),
  });
  await step(clerk, '/evaluations', evaluation('FORSTE_4_6_UKER', day(-25)));
  const { evaluationId } = await step(clerk, '/evaluations', evaluation('AVSLUTTENDE', day(-3)));
  return step(clerk, `/measures/${measureId}/end`, {
    endedOn: day(-2),
    reason: 'MAL_NADD',
    finalEvaluationId: evaluationId,
    goalsReached: 'Oppmøtet er stabilt.',
    dialogueWith: ['Barnet', 'Foreldrene'],
  });
}
