import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isUuid } from '#forlop/domain';
import type { FieldError, Purpose } from '#forlop/domain';
import { canonicalJson } from '../edge/canonical.js';
import { Refused, invalidRequest, parameterError } from '../edge/refused.js';
import { callerOf, viewOf } from '../edge/request-state.js';
import type { Authenticated, RequestState } from '../edge/request-state.js';
import { checkBody } from '../dto/check-body.js';
import { pathErrors, pathIds, queryErrors } from './parameters.js';
import { purposeErrors, purposeOf } from './purpose.js';
import { writeOf } from './write-route.js';
import type { Write } from './write-route.js';

/** A checked command, and what surrounds it. */
export interface TakenCommand {
  readonly caller: Authenticated;
  /** Route pattern for the access log. */
  readonly view: string;
  readonly path: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
  readonly ifMatch?: number;
  readonly purpose: Purpose;
  readonly state: RequestState;
}

/** The command of a route marked with `@WriteRoute`: checked, with all field errors at once. */
export const Taken = createParamDecorator((_: unknown, context: ExecutionContext) =>
  takeCommand(writeOf(context.getHandler()), context.switchToHttp().getRequest<FastifyRequest>()),
);

export function takeCommand(write: Write, request: FastifyRequest): TakenCommand {
  const caller = callerOf(request);
  const key = request.headers['idempotency-key']?.toString() ?? '';
  if (write.isCommand && key === '') throw new Refused('idempotency-key-missing');
  const path = pathIds(request);
  const body = request.body;
  const purpose = purposeOf(request, caller.actor.role);
  const errors = [
    ...(write.isCommand ? headerErrors(key, request.headers['if-match']) : purposeErrors(request, purpose)),
    ...pathErrors(path),
    ...queryErrors(request, {}),
    ...bodyErrors(write, body),
  ];
  if (errors.length > 0) throw invalidRequest(errors);
  const ifMatch = revisionIn(request.headers['if-match']);
  return {
    caller,
    view: viewOf(request),
    path,
    body: body as Record<string, unknown>,
    idempotencyKey: key.toLowerCase(),
    fingerprint: `${viewOf(request)}\n${canonicalJson(path)}\n${canonicalJson(body)}`,
    ...(ifMatch === undefined ? {} : { ifMatch }),
    purpose: purpose ?? 'TJENSTLIG',
    state: request.forlop,
  };
}

const EMPTY: FieldError = { felt: '', regel: 'required', melding: 'Send innholdet som et JSON-objekt.' };

function bodyErrors({ body: bodyClass, refine }: Write, body: unknown): readonly FieldError[] {
  if (body === undefined || body === null) return [EMPTY];
  const errors = checkBody(bodyClass, body);
  const isObject = typeof body === 'object' && !Array.isArray(body);
  return isObject && refine ? [...errors, ...refine(body as Record<string, unknown>)] : errors;
}

function headerErrors(key: string, ifMatch: string | undefined): FieldError[] {
  return [
    ...(isUuid(key.toLowerCase())
      ? []
      : [parameterError('Idempotency-Key', 'format', 'Nøkkelen skal være en UUID.')]),
    ...(ifMatch === undefined || ENTITY_TAG.test(ifMatch) || ifMatch === '*'
      ? []
      : [parameterError('If-Match', 'format', 'Bruk verdien av ETag, som «"3"».')]),
  ];
}

const ENTITY_TAG = /^"?(\d{1,15})"?$/;

/** The revision that the client saw; `*` names none. */
function revisionIn(ifMatch: string | undefined): number | undefined {
  const digits = ENTITY_TAG.exec(ifMatch ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
