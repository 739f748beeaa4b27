import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import { osloDate } from '#forlop/domain';
import { needsToken } from './authentication.js';
import type { Authenticate } from './authentication.js';
import { answerClientError } from './client-error.js';
import { correlationIdOf } from './correlation.js';
import type { Freshness } from './freshness.js';
import { BODY_LIMIT, readJsonOnly } from './json-body.js';
import { sendProblem } from './problem-reply.js';
import { parameterError, invalidRequest } from './refused.js';
import type { RequestState } from './request-state.js';
import { RouteTable, pathOf } from './route-table.js';
import { answered, requested, within } from './telemetry.js';

export interface EdgeDeps {
  readonly authenticate: Authenticate;
  readonly freshness: Freshness;
  readonly log: Logger;
  readonly now: () => Date;
  /** True from the moment that the service drains. */
  readonly isDraining: () => boolean;
}

const MAX_PARAMETER = 512;
/** Pages load what this service serves and nothing else; the interface page styles itself inline. */
const CONTENT_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const BAD_URL = parameterError('url', 'format', 'Adressen har en ugyldig %-koding eller er for lang.');

/**
 * Fastify below Nest: what holds for every request, whichever route it has. The hooks stand in the order of the
 * contract: correlation, 401, then (by Fastify) 415 and 413, then 400 and what the routes say.
 */
export function createAdapter(deps: EdgeDeps): { adapter: FastifyAdapter; routes: RouteTable } {
  const adapter = new FastifyAdapter(optionsOf(deps));
  const server = adapter.getInstance<FastifyInstance>();
  const routes = new RouteTable(server);
  readJsonOnly(server);
  server.decorateRequest('forlop', null as unknown as RequestState);
  addHooks(server, deps);
  return { adapter, routes };
}

const optionsOf = (deps: EdgeDeps): FastifyServerOptions & { skipMiddie: true } => ({
  bodyLimit: BODY_LIMIT,
  return503OnClosing: false,
  forceCloseConnections: 'idle',
  skipMiddie: true,
  routerOptions: { maxParamLength: MAX_PARAMETER },
  clientErrorHandler: answerClientError,
  frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) =>
    answerBadUrl(deps, request, reply),
});

function addHooks(server: FastifyInstance, deps: EdgeDeps): void {
  server.addHook('onRequest', async (request, reply) => {
    takeIn(deps, request, reply);
    await authenticateUnlessOpen(deps, request);
  });
  // Here and not earlier: the parsing of a body loses what it was begun in.
  server.addHook('preHandler', (request, _reply, done) => {
    if (isApi(request)) request.forlop.measured = deps.freshness.measureOrLast();
    within(request.forlop.traced, done);
  });
  server.addHook('onSend', async (request, reply) => {
    if (deps.isDraining()) void reply.header('connection', 'close');
    await stamp(deps.freshness, request, reply);
  });
  server.addHook('onResponse', async (request, reply) => report(deps, request, reply));
}

/** Fastify runs no hook for a URL that it cannot read, so what the hooks do is done here. */
function answerBadUrl(deps: EdgeDeps, request: FastifyRequest, reply: FastifyReply): void {
  takeIn(deps, request, reply);
  reply.raw.once('finish', () => report(deps, request, reply));
  authenticateUnlessOpen(deps, request)
    .then(() => invalidRequest([BAD_URL]))
    .catch((error: unknown) => error)
    .then(async (error) => {
      await stamp(deps.freshness, request, reply);
      sendProblem(deps.log, error, request, reply);
    })
    .catch((error: unknown) => sendProblem(deps.log, error, request, reply));
}

function takeIn({ now }: EdgeDeps, request: FastifyRequest, reply: FastifyReply): void {
  const instant = now().toISOString();
  const correlationId = correlationIdOf(request.headers);
  request.forlop = {
    correlationId,
    now: instant,
    today: osloDate(instant),
    startedAt: performance.now(),
    ...(isApi(request) && { traced: requested(routeOf(request), request.headers, correlationId) }),
  };
  void reply.headers({
    'x-correlation-id': correlationId,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': CONTENT_POLICY,
    'cache-control': 'no-store',
  });
}

async function authenticateUnlessOpen({ authenticate }: EdgeDeps, request: FastifyRequest): Promise<void> {
  if (!needsToken(request)) return;
  const { authorization } = request.headers;
  const onBehalfOf = request.headers['on-behalf-of'];
  request.forlop.caller = await authenticate(authorization, onBehalfOf?.toString());
}

/** As the route is written, never the URL. */
const routeOf = ({ method, routeOptions }: FastifyRequest) => ({
  method,
  route: routeOptions.url ?? '(unknown)',
});

const isApi = (request: FastifyRequest): boolean =>
  (request.routeOptions.url ?? pathOf(request.url)).startsWith('/api/v1');

/** Every answer under /api/v1 says how far the read models are; without the databases it says nothing of it. */
async function stamp(freshness: Freshness, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!isApi(request)) return;
  const measured = await (request.forlop.measured ?? freshness.measureOrLast());
  if (!measured) return;
  const appended = reply.getHeader('position');
  const position = measured.position ?? freshness.start;
  void reply.headers({
    position: typeof appended === 'string' && appended > position ? appended : position,
    'lag-events': String(measured.lagEvents),
    'lag-seconds': String(measured.lagSeconds),
    ...(request.forlop.parked ? { 'parked-streams': String(request.forlop.parked) } : {}),
  });
}

/** One line a request: no URL, no id, no header, no body. */
function report({ log }: EdgeDeps, request: FastifyRequest, reply: FastifyReply): void {
  const { method, route } = routeOf(request);
  const ms = performance.now() - request.forlop.startedAt;
  answered({ method, route }, reply.statusCode, ms / 1000, request.forlop.traced?.span);
  log.info(
    {
      method,
      route,
      status: reply.statusCode,
      ms: Math.round(ms * 10) / 10,
      correlationId: request.forlop.correlationId,
    },
    'answered',
  );
}
