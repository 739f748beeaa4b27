/** Record consent, refusal and withdrawal. */
import { defineCommand } from '../../kernel/definition.js';
import { consent, refusal, withdrawal } from '../events/consent.js';
import { CASEWORK, EXAMPLE } from './common.js';

export const RecordConsent = defineCommand({
  type: 'RecordConsent',
  norwegian: 'Registrere samtykke',
  emits: ['ConsentGiven'],
  path: [],
  shape: consent,
  roles: CASEWORK,
  rules: ['15'],
  example: {
    consentId: EXAMPLE.consent,
    kind: 'TILTAK',
    subjectIds: [EXAMPLE.measure],
    givenBy: EXAMPLE.mother,
    capacity: 'DAILY_CARE',
    form: 'WRITTEN',
    givenOn: '2026-02-25',
    purpose: 'Veiledning i hjemmet om morgenrutiner.',
    informationShared: [{ what: 'Oppmøte', withWhom: 'Skolen', why: 'For å se om rutinene virker.' }],
    validFrom: '2026-02-25',
    untilMeasureEnds: true,
    informedOf: { rightToWithdraw: true, rightToComplain: true, participation: true, sharing: true },
  },
});

export const RecordConsentRefusal = defineCommand({
  type: 'RecordConsentRefusal',
  norwegian: 'Registrere nektet samtykke',
  emits: ['ConsentRefused'],
  path: [],
  shape: refusal,
  roles: CASEWORK,
  rules: [],
  example: {
    subjectIds: [EXAMPLE.measure],
    by: EXAMPLE.father,
    on: '2026-02-25',
    reason: 'Ønsker et annet tiltak.',
  },
});

export const WithdrawConsent = defineCommand({
  type: 'WithdrawConsent',
  norwegian: 'Trekke samtykke',
  emits: ['ConsentWithdrawn'],
  path: ['consentId'],
  shape: withdrawal,
  roles: CASEWORK,
  rules: [],
  example: { by: EXAMPLE.mother, on: '2026-05-04', reason: 'Opplever at målet er nådd.' },
});
