/** Decide on measures, and notify. */
import { defineCommand } from '../../kernel/definition.js';
import { decision, notification } from '../events/decision.js';
import { CASEWORK, EXAMPLE } from './common.js';

export const DecideMeasure = defineCommand({
  type: 'DecideMeasure',
  norwegian: 'Fatte vedtak om hjelpetiltak',
  emits: ['MeasureDecided'],
  path: [],
  shape: decision,
  roles: CASEWORK,
  rules: ['01', '02', '10', '11', '12', '13', '14', '18', '19', '20', '22', '27', '33', '36b', '40', '52'],
  example: {
    decisionId: EXAMPLE.decision,
    decidedOn: '2026-02-27',
    decisionType: 'NYTT',
    legalBasis: '3-1',
    documentId: EXAMPLE.document,
    measures: [
      {
        measureId: EXAMPLE.measure,
        catalogueCode: 'hjemmeveiledning',
        ssbCategory: '3.10',
        targetPerson: EXAMPLE.mother,
        content: 'Veiledning hjemme to ettermiddager i uken.',
        frequency: 'To ganger i uken, 60 minutter',
        provider: { type: 'KOMMUNE' },
        startPlanned: '2026-03-02',
        endPlanned: '2026-09-01',
        voluntary: true,
      },
    ],
    grounds: [{ code: '2.1.03' }],
    facts: 'Barnet har kommet for sent 14 av 20 skoledager.',
    professionalAssessment: 'Rutinene hjemme svikter, og foreldrene ønsker hjelp.',
    childOpinion: 'Barnet ønsker hjelp om morgenen.',
    weightGiven: 'Barnets ønske er lagt til grunn for tidspunktene.',
    bestInterests: 'Tiltaket lar barnet bli boende hjemme med bedre omsorg.',
    familyTies: 'Båndet til foreldrene styrkes.',
    whyThisMeasure: 'Veiledning der hverdagen skjer, treffer årsaken.',
    consentIds: [EXAMPLE.consent],
    decidedBy: { delegation: 'Delegert fra barnevernsleder' },
  },
});

export const NotifyDecision = defineCommand({
  type: 'NotifyDecision',
  norwegian: 'Underrette om vedtak',
  emits: ['DecisionNotified'],
  path: ['decisionId'],
  shape: notification,
  roles: CASEWORK,
  rules: ['25', '26'],
  example: {
    notifiedOn: '2026-02-27',
    recipients: [
      { personRef: EXAMPLE.mother, capacity: 'PART', sentOn: '2026-02-27', reachedOn: '2026-02-28' },
      { personRef: EXAMPLE.father, capacity: 'FORELDREANSVAR_INFO', sentOn: '2026-02-27' },
    ],
    includes: {
      complaintRight: true,
      body: true,
      deadline: true,
      procedure: true,
      accessRight: true,
      suspension: true,
    },
  },
});
