/** Commands of a supervisor. */
import { defineCommand } from '../kernel/definition.js';
import type { Command } from '../kernel/decider.js';
import type { Role } from '../kernel/envelope.js';
import { computed, id, list, oneOf, optional, record } from '../kernel/schema.js';
import { municipalityNumber } from '../kernel/shapes.js';
import { AUTHORITIES, closing, replay, supervision } from './shapes.js';

const SUPERVISORS: readonly Role[] = AUTHORITIES;

/** Synthetic ids of the examples. */
export const SUPERVISION_EXAMPLE = {
  supervision: '7115a000-0001-4000-8000-000000000001',
  case: 'c4c0e551-0001-4000-8000-000000000002',
} as const;

export const OpenSupervision = defineCommand({
  type: 'OpenSupervision',
  norwegian: 'Åpne tilsyn',
  emits: ['SupervisionOpened'],
  path: [],
  /** `authority` is the caller’s own role, and may be left out. */
  shape: { ...supervision, authority: optional(oneOf(AUTHORITIES)) },
  roles: SUPERVISORS,
  rules: ['61'],
  example: {
    supervisionId: SUPERVISION_EXAMPLE.supervision,
    authority: 'STATSFORVALTER',
    basis: { law: 'BVL2021', section: '17-3' },
    scope: { municipalities: ['3401'], caseIds: [SUPERVISION_EXAMPLE.case] },
    on: '2026-10-05',
  },
});

/** Given by the service when a supervisor reads a history, before the answer leaves. */
export const RecordReplay = defineCommand({
  type: 'RecordReplay',
  norwegian: 'Registrere gjennomgang av sak',
  emits: ['CaseHistoryReplayed'],
  path: ['supervisionId'],
  /** `cases`: the municipality that owns each of the cases. */
  shape: { ...replay, cases: computed(list(record({ caseId: id(), municipality: municipalityNumber() }))) },
  roles: SUPERVISORS,
  rules: ['61'],
  example: {
    caseIds: [SUPERVISION_EXAMPLE.case],
    knownAt: '2026-10-01T00:00:00+02:00',
  },
});

export const CloseSupervision = defineCommand({
  type: 'CloseSupervision',
  norwegian: 'Avslutte tilsyn',
  emits: ['SupervisionClosed'],
  path: ['supervisionId'],
  shape: closing,
  roles: SUPERVISORS,
  rules: ['61'],
  example: { on: '2026-11-02' },
});

export const supervisionCommands = { OpenSupervision, RecordReplay, CloseSupervision } as const;

export type SupervisionCommandType = keyof typeof supervisionCommands;
/** The command of a type, as `decide` takes it. */
export type SupervisionCommandOf<T extends SupervisionCommandType> = Command<(typeof supervisionCommands)[T]>;
export type SupervisionCommand = {
  [T in SupervisionCommandType]: SupervisionCommandOf<T>;
}[SupervisionCommandType];
