import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Purpose } from '#forlop/domain';
import { isPosition } from '#forlop/event-store';
import type { Position } from '#forlop/event-store';
import type { ReadModelName } from '#forlop/read-models';
import { BAD_POSITION } from '../edge/freshness.js';
import { invalidRequest } from '../edge/refused.js';
import { callerOf, viewOf } from '../edge/request-state.js';
import type { Authenticated, RequestState } from '../edge/request-state.js';
import { DEFAULT_LIMIT, pathErrors, pathIds, queryErrors, queryOf } from './parameters.js';
import { purposeErrors, purposeOf } from './purpose.js';
import { readOf } from './read-route.js';
import type { Read } from './read-route.js';

/** What the access log and the freshness of an answer need to know of a read. */
export interface ReadOccasion {
  readonly caller: Authenticated;
  /** Route pattern for the access log. */
  readonly view: string;
  readonly purpose: Purpose;
  readonly minPosition?: Position;
  /** The read models that the answer is read from. */
  readonly readModels?: readonly ReadModelName[];
  /** The supervision that a supervisor reads in. */
  readonly supervisionId?: string;
  readonly state: RequestState;
}

export interface Page {
  readonly limit: number;
  readonly after?: string;
}

/** A checked read. */
export interface TakenRead extends ReadOccasion {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly page: Page;
}

/** A read that anyone may do: nothing personal, nothing logged. */
export type OpenRead = Pick<TakenRead, 'path' | 'query'>;

/** The read of a route marked with `@ReadRoute`: checked, with all errors at once. */
export const Reading = createParamDecorator((_: unknown, context: ExecutionContext) =>
  takeRead(readOf(context.getHandler()), context.switchToHttp().getRequest<FastifyRequest>()),
);

export const OpenReading = createParamDecorator((_: unknown, context: ExecutionContext): OpenRead => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const errors = queryErrors(request, readOf(context.getHandler()).query);
  if (errors.length > 0) throw invalidRequest(errors);
  return { path: request.params as Record<string, string>, query: queryOf(request) as OpenRead['query'] };
});

function takeRead({ query: spec, purpose: ofRoute, readModels }: Read, request: FastifyRequest): TakenRead {
  const caller = callerOf(request);
  const purpose = purposeOf(request, caller.actor.role, ofRoute);
  const minPosition = request.headers['min-position']?.toString();
  const path = pathIds(request);
  const errors = [
    ...pathErrors(path),
    ...queryErrors(request, spec),
    ...(minPosition === undefined || isPosition(minPosition) ? [] : [BAD_POSITION]),
    ...purposeErrors(request, purpose, path['supervisionId']),
  ];
  if (errors.length > 0 || purpose === undefined) throw invalidRequest(errors);
  const query = queryOf(request) as TakenRead['query'];
  return {
    caller,
    view: viewOf(request),
    purpose,
    readModels,
    path,
    query,
    page: {
      limit: Number(query['limit'] ?? DEFAULT_LIMIT),
      ...(query['after'] === undefined ? {} : { after: query['after'] }),
    },
    ...(minPosition === undefined ? {} : { minPosition }),
    ...supervisionIn(request, path),
    state: request.forlop,
  };
}

/** A route that is of a supervision names it in its path. */
function supervisionIn(
  request: FastifyRequest,
  path: TakenRead['path'],
): { readonly supervisionId?: string } {
  const supervisionId = path['supervisionId'] ?? request.headers['supervision-id']?.toString().toLowerCase();
  return supervisionId === undefined ? {} : { supervisionId };
}
