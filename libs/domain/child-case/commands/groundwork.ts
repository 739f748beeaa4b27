/** Record what a decision rests on. */
import { defineCommand } from '../../kernel/definition.js';
import { findings, participation, partyStatus, proposal, roles } from '../events/groundwork.js';
import { CASEWORK, EXAMPLE, required } from './common.js';

export const RecordChildParticipation = defineCommand({
  type: 'RecordChildParticipation',
  norwegian: 'Registrere barnets medvirkning',
  emits: ['ChildParticipationRecorded'],
  path: [],
  shape: participation,
  roles: CASEWORK,
  rules: ['10', '22'],
  example: {
    phase: 'VEDTAK',
    method: 'CONVERSATION',
    heldOn: '2026-02-20',
    opinion: 'Barnet ønsker at møtene ikke er etter kl. 19.',
    weight: 'Møtene legges til ettermiddagen.',
    informedOfUse: true,
  },
  refine: ({ method, none }) =>
    (method === undefined) === (none === undefined)
      ? [required('/method', 'Oppgi enten hvordan barnet medvirket (method), eller hvorfor ikke (none).')]
      : [],
});

export const AssessPartyStatus = defineCommand({
  type: 'AssessPartyStatus',
  norwegian: 'Vurdere partsstatus',
  emits: ['PartyStatusAssessed'],
  path: [],
  shape: partyStatus,
  roles: CASEWORK,
  rules: ['11'],
  example: {
    personRef: EXAMPLE.mother,
    assessedOn: '2026-01-12',
    role: 'PARENT_DAILY_CARE',
    isParty: true,
    basis: 'FVL_2E',
    hasParentalResponsibility: true,
  },
  refine: ({ isParty, basis }) =>
    isParty === true && basis === undefined ? [required('/basis', 'Oppgi hva partsstatusen bygger på.')] : [],
});

export const SummariseFindings = defineCommand({
  type: 'SummariseFindings',
  norwegian: 'Oppsummere funn',
  emits: ['FindingsSummarised'],
  path: [],
  shape: findings,
  roles: CASEWORK,
  rules: ['22'],
  example: {
    summarisedOn: '2026-02-20',
    findings: 'Morgenrutinene svikter når mor arbeider kveld.',
    childView: 'Barnet vil ha en voksen hjemme om kvelden.',
    parentView: 'Foreldrene er enige i bildet.',
    riskFactors: ['2.1.03'],
    protectiveFactors: ['3.3.02'],
  },
});

export const ProposeMeasure = defineCommand({
  type: 'ProposeMeasure',
  norwegian: 'Velge tiltak',
  emits: ['MeasureProposed'],
  path: [],
  shape: proposal,
  roles: CASEWORK,
  rules: ['12', '22'],
  example: {
    measureId: EXAMPLE.measure,
    proposedOn: '2026-02-20',
    catalogueCode: 'hjemmeveiledning',
    whyThisMeasure: 'Foreldrene trenger støtte der rutinene skal fungere.',
    alternativesConsidered: 'Gruppetilbud ble vurdert, men treffer ikke morgenen.',
    suitability: 'Egnet: familien ønsker veiledning hjemme.',
  },
});

export const ClarifyRoles = defineCommand({
  type: 'ClarifyRoles',
  norwegian: 'Avklare roller og samhandling',
  emits: ['RolesClarified'],
  path: [],
  shape: roles,
  roles: CASEWORK,
  rules: [],
  example: {
    clarifiedOn: '2026-02-24',
    contacts: [{ service: 'Skole', name: { first: 'Testine', last: 'Eksempel' }, role: 'Kontaktlærer' }],
    coordinator: 'Barnevernstjenesten',
    informationLoops: 'Skolen melder oppmøte hver fredag.',
  },
});
