import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Accepted } from '#forlop/command-handling';

/** An accepted command and what its answer holds besides the common members. */
export interface AnsweredCommand {
  readonly accepted: Accepted;
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Where the revision stands: in body and `ETag`, in `ETag` alone, or nowhere because no revision speaks for all. */
  readonly revision?: 'body' | 'etag' | 'none';
}

/** Turns an accepted command into the contract's answer: 201, or 200 when it changed nothing; `ETag`; `Position`. */
@Injectable()
export class AcceptedAnswer implements NestInterceptor<AnsweredCommand, object> {
  intercept(context: ExecutionContext, next: CallHandler<AnsweredCommand>): Observable<object> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answered) => answer(reply, answered)));
  }
}

function answer(reply: FastifyReply, answered: AnsweredCommand): object {
  const { accepted, extra = {}, revision: place = 'body' } = answered;
  const { commandId, ids, revision, position, events, flags } = accepted;
  void reply.code(events.length === 0 ? 200 : 201);
  if (place !== 'none') void reply.header('etag', `"${revision}"`);
  if (position !== null) void reply.header('position', position);
  return {
    commandId,
    ...ids,
    ...(place === 'body' ? { revision } : {}),
    ...extra,
    position,
    events,
    flags,
  };
}

/** JSON Schema of the answer. */
export const acceptedSchema = {
  type: 'object',
  required: ['commandId', 'position', 'events', 'flags'],
  properties: {
    commandId: { type: 'string', format: 'uuid' },
    caseId: { type: 'string', format: 'uuid' },
    personId: { type: 'string', format: 'uuid' },
    requestId: { type: 'string', format: 'uuid' },
    supervisionId: { type: 'string', format: 'uuid' },
    revision: { type: 'integer', minimum: 0 },
    position: { type: ['string', 'null'] },
    events: {
      type: 'array',
      items: {
        type: 'object',
        required: ['eventId', 'type', 'schemaVersion', 'streamId'],
        properties: {
          eventId: { type: 'string', format: 'uuid' },
          type: { type: 'string' },
          schemaVersion: { type: 'integer', minimum: 1 },
          streamId: { type: 'string' },
        },
      },
    },
    flags: {
      type: 'array',
      items: {
        type: 'object',
        required: ['rule', 'slug'],
        properties: {
          rule: { type: 'string' },
          slug: { type: 'string' },
          dueOn: { type: 'string', format: 'date' },
          daysLate: { type: 'integer' },
        },
      },
    },
  },
} as const;
