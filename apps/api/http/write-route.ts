import { HttpCode, Post, UseInterceptors, applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import type { CommandDefinition, FieldError, Shape } from '#forlop/domain';
import { bodyClass } from '../dto/body-class.js';
import type { BodyClass } from '../dto/body-class.js';
import { AcceptedAnswer, acceptedSchema } from './accepted-answer.js';
import { problemResponses, freshnessHeaders } from './documented.js';

/** What a route that takes a body asks for. */
export interface Write {
  readonly body: BodyClass;
  /** Errors that no single field shows. */
  readonly refine?: (body: Readonly<Record<string, unknown>>) => readonly FieldError[];
  /** A search is none: it needs no Idempotency-Key. */
  readonly isCommand: boolean;
}

const writes = new WeakMap<object, Write>();

export function writeOf(handler: object): Write {
  const write = writes.get(handler);
  if (!write) throw new Error('The route has no @WriteRoute.');
  return write;
}

interface Written {
  /** Below /api/v1 as the controller's path leaves off. */
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly shape: Shape;
  readonly example: unknown;
  readonly isCommand: boolean;
  readonly refine?: Write['refine'];
  /** JSON Schema of the answer, where it is not that of every command. */
  readonly answer?: object;
}

/** A route that takes a checked body: the route itself, its check, its answer and its documentation in one place. */
export function WriteRoute(written: Written): MethodDecorator {
  const body = bodyClass(`${written.name}Body`, written.shape);
  const write: Write = {
    body,
    isCommand: written.isCommand,
    ...(written.refine ? { refine: written.refine } : {}),
  };
  const remember: MethodDecorator = (_target, _name, descriptor) => {
    writes.set(descriptor.value as object, write);
  };
  return applyDecorators(
    remember,
    Post(written.path),
    HttpCode(written.isCommand ? 201 : 200),
    ...(written.isCommand ? [UseInterceptors(AcceptedAnswer)] : []),
    ...documentation(written, body),
  );
}

function documentation({ name, summary, isCommand, example, answer, path }: Written, body: BodyClass) {
  const statuses = isCommand
    ? [400, 401, 403, 404, 409, 412, 413, 415, 422, 503]
    : [400, 401, 403, 413, 415, 503];
  const accepted = { schema: (answer ?? acceptedSchema) as never, headers: freshnessHeaders as never };
  return [
    ApiOperation({ operationId: name, summary }),
    ApiBody({ type: body, required: true, examples: { synthetic: { summary, value: example } } }),
    ...[...path.matchAll(/:(\w+)/g)].map(([, id]) =>
      ApiParam({ name: id as string, schema: { type: 'string', format: 'uuid' } }),
    ),
    ...(isCommand
      ? [
          ApiHeader({
            name: 'Idempotency-Key',
            required: true,
            description: 'A UUID: the command’s id. A repeat gives the first answer.',
            schema: { type: 'string', format: 'uuid' },
          }),
          ApiHeader({
            name: 'If-Match',
            required: false,
            description: 'The ETag that was seen; another revision by now is 412.',
            schema: { type: 'string', pattern: '^"\\d+"$' },
          }),
          ApiResponse({ status: 201, description: 'Accepted and stored.', ...accepted }),
          ApiResponse({ status: 200, description: 'Accepted; it changed nothing.', ...accepted }),
        ]
      : [ApiResponse({ status: 200, description: 'The answer.', ...accepted })]),
    ...problemResponses(statuses),
  ];
}

/** The route of a command as the domain defines it: its body is its shape without the ids of the path. */
export function CommandRoute(
  definition: CommandDefinition,
  path: string,
  extra?: Partial<Written>,
): MethodDecorator {
  const shape = Object.fromEntries(
    Object.entries(definition.shape).filter(([name]) => !definition.path.includes(name)),
  );
  return WriteRoute({
    path,
    name: definition.type,
    summary: `${definition.type} (${definition.norwegian})`,
    shape,
    example: definition.example,
    isCommand: true,
    ...(definition.refine ? { refine: definition.refine } : {}),
    ...extra,
  });
}
