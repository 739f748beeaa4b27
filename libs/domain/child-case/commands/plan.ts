/** Establish, revise and acknowledge a plan; hold the meeting that starts the measures. */
import { defineCommand } from '../../kernel/definition.js';
import { acknowledgement, plan, planRevision, startMeeting } from '../events/plan.js';
import { CASEWORK, CASEWORK_AND_FOLLOW_UP, EXAMPLE } from './common.js';

const content = {
  planType: '1',
  purpose: 'Barnet skal komme uthvilt og i tide til skolen.',
  goals: [
    {
      goalId: EXAMPLE.goal,
      text: 'Oppmøte på minst 90 prosent de neste 12 ukene.',
      indicator: 'Oppmøte i prosent per uke',
      baseline: '30 prosent',
      target: '90 prosent',
      dueOn: '2026-05-25',
    },
  ],
  measures: [
    {
      measureId: EXAMPLE.measure,
      what: 'Veiledning hjemme',
      howOften: 'To ganger i uken',
      who: 'Oppfølgingsteamet',
    },
  ],
  durationUntil: '2026-09-01',
  roles: ['Primærkontakt: saksbehandler'],
  milestones: ['Første evaluering i uke 5'],
  firstEvaluationOn: '2026-04-06',
  mainEvaluationEvery: 'P3M',
  participation: 'Barnet ønsker at møtene ikke er etter kl. 19.',
  safety: 'Ved konflikt ringer barnet tante.',
  emergency: 'Akutt: 112.',
  closingCriteria: ['Oppmøtet er stabilt i åtte uker.'],
};

export const EstablishPlan = defineCommand({
  type: 'EstablishPlan',
  norwegian: 'Fastsette tiltaksplan',
  emits: ['PlanEstablished'],
  path: [],
  shape: plan,
  roles: CASEWORK,
  rules: ['10', '22', '29', '30', '31'],
  example: { planId: EXAMPLE.plan, establishedOn: '2026-02-27', ...content },
});

export const RevisePlan = defineCommand({
  type: 'RevisePlan',
  norwegian: 'Endre tiltaksplan',
  emits: ['PlanRevised'],
  path: ['planId'],
  shape: planRevision,
  roles: CASEWORK,
  rules: ['10', '22', '29', '30', '31'],
  example: { revisedOn: '2026-04-07', ...content, reason: 'Veiledningen flyttes til morgenen.' },
});

export const AcknowledgePlan = defineCommand({
  type: 'AcknowledgePlan',
  norwegian: 'Registrere «sett og forstått»',
  emits: ['PlanAcknowledged'],
  path: ['planId'],
  shape: acknowledgement,
  roles: CASEWORK,
  rules: ['36'],
  example: { version: 1, acknowledgedOn: '2026-03-02', personRef: EXAMPLE.mother, form: 'Signert på møtet' },
});

export const HoldStartMeeting = defineCommand({
  type: 'HoldStartMeeting',
  norwegian: 'Holde oppstartsmøte',
  emits: ['StartMeetingHeld'],
  path: [],
  shape: startMeeting,
  roles: CASEWORK_AND_FOLLOW_UP,
  rules: [],
  example: {
    on: '2026-03-02',
    participants: ['Mor', 'Barnet', 'Kontaktlærer', 'Oppfølgingsteamet'],
    childPresent: true,
    interpreter: false,
    agreed: 'Tirsdager og torsdager kl. 17.',
  },
});
