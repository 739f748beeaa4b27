/** What stands around every event: who, when, where and on what legal basis. */
import type { LawReference } from './law-reference.js';
import type { Flag } from './flags.js';

export const ROLES = [
  'SAKSBEHANDLER',
  'LEDER',
  'OPPFOLGING',
  'ARKIVAR',
  'KOMMUNEDIREKTOR',
  'STATSFORVALTER',
  'HELSETILSYN',
  'PART',
  'LEVERANDOR',
] as const;
export type Role = (typeof ROLES)[number];

export const PROTECTIONS = [
  'UGRADERT',
  'FORTROLIG',
  'STRENGT_FORTROLIG',
  'STRENGT_FORTROLIG_UTLAND',
] as const;
/** Gradering of an address by folkeregisterloven §10-4. */
export type Protection = (typeof PROTECTIONS)[number];

export const RULESETS = ['BVL1992', 'BVL2021', 'BVL2021-2026', 'BVL2021-2027'] as const;
export type RulesetVersion = (typeof RULESETS)[number];

export interface Actor {
  /** `sub` of the token: an employee's or a machine's id, a party's personId. Never a name, never a fødselsnummer. */
  readonly subjectId: string;
  readonly role: Role;
  /** `0192:` and nine digits. */
  readonly orgNumber: string;
  readonly unit?: string;
  /** The employee whom a machine acts for. */
  readonly onBehalfOf?: string;
}

/** Everything about an event but its data; `recordedAt` and the position come from the store. */
export interface Envelope {
  readonly eventId: string;
  readonly streamId: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** Derived from the payload's legal date; deadlines count from it. */
  readonly occurredAt: string;
  readonly actor: Actor;
  /** Four digits. */
  readonly municipalityNumber: string;
  /** Two digits, where the municipality has districts. */
  readonly districtNumber?: string;
  readonly legalBasis: readonly LawReference[];
  readonly correlationId: string;
  /** W3C trace context of the command, where it was traced: an id of nothing but that trace. */
  readonly traceparent?: string;
  readonly causationId: string;
  readonly commandId: string;
  readonly bodyHmac?: string;
  readonly rulesetVersion: RulesetVersion;
  readonly protection: Protection;
  readonly journalRelevant: boolean;
  readonly flags: readonly Flag[];
}
