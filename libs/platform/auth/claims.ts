import type { JWTPayload } from 'jose';
import { looksLikeIdentityNumber } from '../identity-number.js';
import { type Caller, isSupervisor, ROLES } from './caller.js';
import { Unauthenticated } from './unauthenticated.js';

/** The claims that say who calls, checked one by one; `municipality` as the token has it. */
export function readClaims(payload: JWTPayload): Caller {
  const role = ROLES.find((one) => one === payload['role']);
  if (role === undefined) throw new Unauthenticated('claims', 'role');
  const municipality = optional(payload, 'municipality', /^\d{4}$/);
  const district = optional(payload, 'district', /^\d{2}$/);
  const onBehalfOf = optional(payload, 'onBehalfOf', /^\S.{0,254}$/);
  const placed = !isSupervisor(role);
  return {
    subjectId: person(required(payload, 'sub', /^\S.{0,254}$/)),
    role,
    org: required(payload, 'org', /^0192:\d{9}$/),
    ...(placed && municipality !== undefined ? { municipality } : {}),
    ...(placed && district !== undefined ? { district } : {}),
    scope: scopeOf(payload['scope']),
    ...(onBehalfOf !== undefined ? { onBehalfOf: person(onBehalfOf) } : {}),
  };
}

function person(id: string): string {
  if (looksLikeIdentityNumber(id)) throw new Unauthenticated('subject');
  return id;
}

function required(payload: JWTPayload, claim: string, pattern: RegExp): string {
  const value = optional(payload, claim, pattern);
  if (value === undefined) throw new Unauthenticated('claims', claim);
  return value;
}

function optional(payload: JWTPayload, claim: string, pattern: RegExp): string | undefined {
  const value = payload[claim];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !pattern.test(value)) throw new Unauthenticated('claims', claim);
  return value;
}

/** RFC 8693: one string with spaces between. Some issuers send a list. */
function scopeOf(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((one) => one !== '');
  if (Array.isArray(claim)) return claim.filter((one): one is string => typeof one === 'string');
  return [];
}
