import type { FastifyRequest } from 'fastify';
import type { Actor, LocalDate } from '#forlop/domain';
import type { Measured } from './freshness.js';
import { Refused } from './refused.js';
import type { TracedRequest } from './telemetry.js';

/** Who asks, as the verified token says it. Supervisory authorities have no municipality. */
export interface Authenticated {
  readonly actor: Actor;
  readonly municipality?: string;
  readonly district?: string;
}

/** What the edge knows of a request. Nothing here is read from a clock or made up a second time. */
export interface RequestState {
  readonly correlationId: string;
  /** UTC instant at which the request was taken in, and the same as a day in Oslo. */
  readonly now: string;
  readonly today: LocalDate;
  /** Milliseconds of a monotonic clock. */
  readonly startedAt: number;
  /** Of requests under /api/v1: what is done for one is part of its trace. */
  readonly traced?: TracedRequest;
  caller?: Authenticated;
  /** How far the read models were when the request began; a read replaces it by what it waited for. */
  measured?: Promise<Measured | undefined>;
  /** Streams that the answer rests on and that wait at an event that cannot be applied. */
  parked?: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    forlop: RequestState;
  }
}

/** Where a request without a verified token gets this far, its route was opened by mistake: 401 all the same. */
export function callerOf(request: FastifyRequest): Authenticated {
  const { caller } = request.forlop;
  if (!caller) throw new Refused('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } });
  return caller;
}

/** The route as it is written in the contract, never the URL: `GET /cases/{caseId}`. */
export function viewOf(request: FastifyRequest): string {
  const pattern = request.routeOptions.url ?? '(unknown)';
  const path = pattern.replace(/^\/api\/v1/, '').replace(/:(\w+)/g, '{$1}');
  return `${request.method} ${path}`;
}
