/** Open, extend and conclude an investigation. */
import { defineCommand } from '../../kernel/definition.js';
import { conclusion, extension, opening } from '../events/investigation.js';
import { CASEWORK, EXAMPLE } from './common.js';

export const OpenInvestigation = defineCommand({
  type: 'OpenInvestigation',
  norwegian: 'Åpne undersøkelse',
  emits: ['InvestigationOpened'],
  path: [],
  shape: opening,
  roles: CASEWORK,
  rules: ['01', '02', '05', '40'],
  example: {
    referralIds: [EXAMPLE.referral],
    startedOn: '2026-01-09',
    planId: EXAMPLE.investigationPlan,
  },
});

export const ExtendInvestigation = defineCommand({
  type: 'ExtendInvestigation',
  norwegian: 'Utvide undersøkelsestiden',
  emits: ['InvestigationExtended'],
  path: ['investigationId'],
  shape: extension,
  roles: CASEWORK,
  rules: ['07', '19', '22', '40'],
  example: {
    extendedOn: '2026-03-30',
    granted: '1',
    reason: 'Sakkyndig utredning er ikke ferdig.',
    newDueOn: '2026-07-01',
    decidedBy: { delegation: 'Delegert fra barnevernsleder' },
  },
});

export const ConcludeInvestigation = defineCommand({
  type: 'ConcludeInvestigation',
  norwegian: 'Avslutte undersøkelse',
  emits: ['InvestigationConcluded'],
  path: ['investigationId'],
  shape: conclusion,
  roles: CASEWORK,
  rules: ['08', '09', '10', '18', '19', '22', '40', '52'],
  example: {
    concludedOn: '2026-03-02',
    outcome: 'VEDTAK_TILTAK',
    grounds: [{ code: '2.1.03' }],
    findings: 'Barnet trenger mer forutsigbare rutiner.',
    decisionId: EXAMPLE.decision,
  },
});
