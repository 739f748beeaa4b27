import type { FastifyRequest } from 'fastify';
import { looksLikeIdentityNumber } from '#forlop/privacy';
import { IssuerUnavailable, Unauthenticated } from '#forlop/platform';
import type { TokenVerifier } from '#forlop/platform';
import { Refused, invalidRequest, parameterError } from './refused.js';
import type { Authenticated } from './request-state.js';
import { pathOf } from './route-table.js';

/** Verifies `Authorization`, and the employee of `On-Behalf-Of`. Throws `Refused`: 401, or 503 without the issuer's keys. */
export type Authenticate = (
  authorization: string | undefined,
  onBehalfOf: string | undefined,
) => Promise<Authenticated>;

/** Routes that anyone may call: code lists, documents of the interface, health, metrics (which guards itself). */
const OPEN_ROUTE =
  /^\/(docs(\/.*)?|api\/openapi\.json|api\/v1\/codes(\/:list)?|health\/(live|ready)|metrics)?$/;
const API = /(^|\/)api(\/|$)/i;
const OPEN_API = /^\/api\/(openapi\.json$|v1\/codes(\/|$))/;

/**
 * A known route needs a token unless it is named open. An unknown one under /api needs it too, so that nobody without a
 * token learns which paths exist.
 */
export function needsToken(request: FastifyRequest): boolean {
  const pattern = request.routeOptions.url;
  if (pattern !== undefined) return !OPEN_ROUTE.test(pattern);
  const path = pathOf(request.url);
  return API.test(path) && !OPEN_API.test(path);
}

/** Ids of people at work, as they stand in clear in every event: no spaces, so no names. */
const EMPLOYEE = /^[A-Za-z0-9][A-Za-z0-9._:@|-]{0,127}$/;
const isEmployee = (id: string): boolean => EMPLOYEE.test(id) && !looksLikeIdentityNumber(id);

export const authenticateWith =
  (verifier: Pick<TokenVerifier, 'verifyHeader'>): Authenticate =>
  async (authorization, header) => {
    const caller = await verifier.verifyHeader(authorization).catch((error: unknown) => {
      throw refused(error);
    });
    if (!isEmployee(caller.subjectId))
      throw unauthenticated('Tokenets subjekt har et format som ikke godtas.');
    if (header !== undefined && !isEmployee(header)) throw invalidRequest([BAD_EMPLOYEE]);
    const onBehalfOf = caller.onBehalfOf ?? header;
    const { subjectId, role, org, municipality, district } = caller;
    return {
      actor: { subjectId, role, orgNumber: org, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) },
      ...(municipality === undefined ? {} : { municipality }),
      ...(district === undefined ? {} : { district }),
    };
  };

const BAD_EMPLOYEE = parameterError(
  'On-Behalf-Of',
  'format',
  'Skriv den ansattes bruker-id, ikke navn eller fødselsnummer.',
);

function refused(error: unknown): unknown {
  if (error instanceof Unauthenticated) return unauthenticated(error.message);
  if (error instanceof IssuerUnavailable) {
    return new Refused('store-unavailable', {
      detail: 'Nøklene til utstederen av tokenet kan ikke hentes nå.',
    });
  }
  return error;
}

const unauthenticated = (detail: string): Refused =>
  new Refused('unauthenticated', { detail, headers: { 'www-authenticate': 'Bearer' } });
