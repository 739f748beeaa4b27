import { Get, applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { Purpose } from '#forlop/domain';
import type { ReadModelName } from '#forlop/read-models';
import { freshnessHeaders, problemResponses } from './documented.js';
import { DEFAULT_LIMIT, MAX_LIMIT, pathSchema } from './parameters.js';
import type { QueryKind, QuerySpec } from './parameters.js';

/** What a route that reads allows. */
export interface Read {
  readonly query: QuerySpec;
  /** The read models that its answer is read from. */
  readonly readModels: readonly ReadModelName[];
  /** Why it is read, where the request does not say; by role if not given. */
  readonly purpose?: Purpose;
}

const reads = new WeakMap<object, Read>();

export function readOf(handler: object): Read {
  const read = reads.get(handler);
  if (!read) throw new Error('The route has no @ReadRoute.');
  return read;
}

interface Readable {
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly query?: QuerySpec;
  /** The read models that the answer is read from; none where it comes from the event store or from the code. */
  readonly readModels: readonly ReadModelName[];
  /** JSON Schema of the answer. */
  readonly answer: object;
  readonly example?: unknown;
  /** Answers a page too, to those who ask for one. */
  readonly html?: true;
  /** Answers CSV too; an example of it. */
  readonly csv?: string;
  readonly purpose?: Purpose;
  /** Statuses beyond those that every read may have. */
  readonly refusals?: readonly number[];
  /** Open routes need no token and log nothing: code lists. */
  readonly open?: true;
}

/** `?limit=` and `&after=` of every list. */
export const PAGE: QuerySpec = { limit: { kind: 'limit' }, after: { kind: 'after' } };

/** A route that reads: the route itself, what it allows and its documentation in one place. */
export function ReadRoute(readable: Readable): MethodDecorator {
  const { path, query = {}, purpose, readModels } = readable;
  const remember: MethodDecorator = (_target, _name, descriptor) => {
    reads.set(descriptor.value as object, {
      query,
      readModels,
      ...(purpose === undefined ? {} : { purpose }),
    });
  };
  return applyDecorators(remember, Get(path), ...documentation(readable, query));
}

const QUERY_SCHEMAS: Readonly<Record<QueryKind, object>> = {
  limit: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
  after: { type: 'string', description: '`next` of the page before' },
  code: { type: 'string', description: '`next` of the page before' },
  date: { type: 'string', format: 'date' },
  moment: { type: 'string', description: 'A date (in Europe/Oslo, inclusive) or an instant with offset' },
  view: { type: 'string', enum: ['reported', 'known'], default: 'reported' },
};

function documentation(readable: Readable, query: QuerySpec) {
  const { path, name, summary, open, refusals = [] } = readable;
  return [
    ApiOperation({ operationId: name, summary, ...(open ? { security: [] } : {}) }),
    ...[...path.matchAll(/:(\w+)/g)].map(([, id]) =>
      ApiParam({
        name: id as string,
        schema: open ? { type: 'string' } : pathSchema(id as string),
      }),
    ),
    ...Object.entries(query).map(([parameter, { kind, required = false }]) =>
      ApiQuery({ name: parameter, required, schema: QUERY_SCHEMAS[kind] as never }),
    ),
    ...(open ? [] : READ_HEADERS),
    ApiResponse({
      status: 200,
      description: 'The answer.',
      ...answered(readable),
      headers: freshnessHeaders,
    }),
    ...problemResponses(open ? [400, 404] : [400, 401, 403, 404, ...refusals, 503]),
  ];
}

/** By `Accept`, where a route answers in other forms too. */
const answered = ({ answer, example, html, csv }: Readable) => ({
  content: {
    'application/json': { schema: answer, ...(example === undefined ? {} : { example }) },
    ...(csv === undefined ? {} : { 'text/csv': { schema: TEXT, example: csv } }),
    ...(html ? { 'text/html': { schema: TEXT } } : {}),
  },
});

const TEXT = { type: 'string' as const };

const READ_HEADERS = [
  ApiHeader({
    name: 'Min-Position',
    required: false,
    description:
      'Wait until the read models have reached this position (at most 5 s, then 503 not-caught-up). ' +
      'Where the case or request is parked before it, waiting does not help: 503 stream-parked, at once.',
    schema: { type: 'string' },
  }),
  ApiHeader({
    name: 'Access-Purpose',
    required: false,
    description: 'Default by role; TILSYN needs Supervision-Id.',
    schema: { type: 'string', enum: ['TJENSTLIG', 'INNSYN', 'TILSYN', 'RAPPORT'] },
  }),
  ApiHeader({ name: 'Supervision-Id', required: false, schema: { type: 'string', format: 'uuid' } }),
];
