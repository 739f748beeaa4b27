import { types } from 'node:util';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { problemOf } from './problem.js';

/** Answers an error. A mistake of ours is logged by class and place: an error's message can hold what a person wrote. */
export function sendProblem(log: Logger, error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { correlationId } = request.forlop;
  const { problem, headers } = problemOf(error, correlationId);
  if (problem.status >= 500) {
    log.error({ correlationId, kode: problem.kode, ...outlineOf(error) }, 'request failed');
  }
  void reply
    .code(problem.status)
    .headers(headers)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}

/** Class, code and stack frames of an error and of what caused it; never the messages. */
function outlineOf(error: unknown, depth = 0): object {
  if (!types.isNativeError(error)) return { errorClass: typeof error };
  const { code, cause } = error as Error & { code?: unknown };
  return {
    errorClass: error.name,
    ...(typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? { code } : {}),
    at: framesOf(error),
    ...(cause !== undefined && depth < 3 ? { cause: outlineOf(cause, depth + 1) } : {}),
  };
}

const framesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
