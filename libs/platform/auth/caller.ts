/** The roles of the contract, as a token carries them. */
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

export type CallerRole = (typeof ROLES)[number];

/** Who is calling, as a verified token says. */
export interface Caller {
  readonly subjectId: string;
  readonly role: CallerRole;
  /** `0192:<9 digits>`. */
  readonly org: string;
  /** Four digits; absent for the supervisory authorities, and where neither token nor organisations file says it. */
  readonly municipality?: string;
  /** Two digits; only Oslo, Bergen and Trondheim have districts. */
  readonly district?: string;
  readonly scope: readonly string[];
  readonly onBehalfOf?: string;
}

/** The supervisory authorities see across municipalities and belong to none. */
export function isSupervisor(role: CallerRole): boolean {
  return role === 'STATSFORVALTER' || role === 'HELSETILSYN';
}
