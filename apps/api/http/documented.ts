import { ApiResponse } from '@nestjs/swagger';
import { problemKinds } from '../edge/problem-table.js';

/** Headers of every answer under /api/v1. */
export const freshnessHeaders = {
  Position: { description: 'Position that the answer was read or stored at.', schema: { type: 'string' } },
  'Lag-Events': { description: 'Events that the read models lack.', schema: { type: 'integer', minimum: 0 } },
  'Lag-Seconds': { description: 'Age of the oldest of them.', schema: { type: 'number', minimum: 0 } },
  'Parked-Streams': {
    description:
      'Only when above 0: streams that the answer rests on and that wait at an event which the read models could not apply. ' +
      'What they hold from that event on is not in the answer, whatever Position says.',
    schema: { type: 'integer', minimum: 1 },
  },
  'X-Correlation-Id': { description: 'Echoed, or made.', schema: { type: 'string' } },
} as const;

/** JSON Schema of a problem (RFC 9457). */
export const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'kode', 'korrelasjonsid'],
  additionalProperties: false,
  properties: {
    type: { type: 'string', pattern: '^urn:forlop:problem:' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', pattern: '^urn:uuid:' },
    kode: { type: 'string', enum: problemKinds.map(({ slug }) => slug) },
    regel: { type: 'string', description: 'The rule that speaks.' },
    lovhjemmel: {
      type: 'array',
      items: {
        type: 'object',
        required: ['law', 'section'],
        properties: {
          law: { type: 'string' },
          section: { type: 'string' },
          paragraph: { type: ['integer', 'null'] },
          letter: { type: ['string', 'null'] },
        },
      },
    },
    kilde: { type: 'string', description: 'The source where it is no statute.' },
    losning: { type: 'string', description: 'What would satisfy the rule.' },
    feil: {
      type: 'array',
      items: {
        type: 'object',
        required: ['felt', 'regel', 'melding'],
        properties: { felt: { type: 'string' }, regel: { type: 'string' }, melding: { type: 'string' } },
      },
    },
    korrelasjonsid: { type: 'string' },
  },
} as const;

/** The problem answers of a route, with the slugs that each status may carry. */
export const problemResponses = (statuses: readonly number[]) =>
  statuses.map((status) =>
    ApiResponse({
      status,
      description: problemKinds
        .filter((kind) => kind.status === status)
        .map(({ slug, title }) => `${slug}: ${title}`)
        .join('; '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );
