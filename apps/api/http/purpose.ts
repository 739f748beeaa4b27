import type { FastifyRequest } from 'fastify';
import { PURPOSES, isUuid } from '#forlop/domain';
import type { FieldError, Purpose, Role } from '#forlop/domain';
import { parameterError } from '../edge/refused.js';

const DEFAULT_PURPOSE: Partial<Record<Role, Purpose>> = {
  PART: 'INNSYN',
  STATSFORVALTER: 'TILSYN',
  HELSETILSYN: 'TILSYN',
  KOMMUNEDIREKTOR: 'RAPPORT',
};

/** `Access-Purpose`, by route or by role where it is not given; `undefined` for one that is unknown. */
export function purposeOf(request: FastifyRequest, role: Role, ofRoute?: Purpose): Purpose | undefined {
  const given = request.headers['access-purpose']?.toString();
  if (given === undefined) return ofRoute ?? DEFAULT_PURPOSE[role] ?? 'TJENSTLIG';
  return PURPOSES.find((purpose) => purpose === given);
}

/** A supervisor reads inside a supervision, which the request must name, in its path or in the header. */
export function purposeErrors(
  request: FastifyRequest,
  purpose: Purpose | undefined,
  inPath?: string,
): FieldError[] {
  if (purpose === undefined) {
    return [parameterError('Access-Purpose', 'value', `Velg en av ${PURPOSES.join(', ')}.`)];
  }
  const supervision = request.headers['supervision-id']?.toString();
  if (supervision === undefined) {
    return purpose === 'TILSYN' && inPath === undefined
      ? [parameterError('Supervision-Id', 'required', 'Formålet TILSYN krever id-en til et åpnet tilsyn.')]
      : [];
  }
  return isUuid(supervision.toLowerCase())
    ? []
    : [parameterError('Supervision-Id', 'format', 'Id-en til tilsynet skal være en UUID.')];
}
