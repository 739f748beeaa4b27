/** What of a command is sent by the client, and whether it is what it should be. */
import { checkShape, isRecord } from './check.js';
import type { CommandDefinition } from './definition.js';
import type { FieldError } from './errors.js';
import type { Field, Shape } from './schema.js';

type AnyCommand = CommandDefinition;

/** The shape of a command's body: without ids that stand in the URL and without what the service computes. */
export const bodyOf = (definition: AnyCommand): Shape => withoutComputed(withoutPath(definition));

/** Every field error of a body: of single fields, then of fields that do not go together. */
export const checkBody = (definition: AnyCommand, body: unknown): readonly FieldError[] => [
  ...checkShape(withoutPath(definition), body),
  ...(isRecord(body) ? (definition.refine?.(body) ?? []) : []),
];

const withoutPath = ({ shape, path }: AnyCommand): Shape =>
  Object.fromEntries(Object.entries(shape).filter(([name]) => !path.includes(name)));

const withoutComputed = (shape: Shape): Shape =>
  Object.fromEntries(
    Object.entries(shape)
      .filter(([, field]) => field.computed !== true)
      .map(([name, field]) => [name, inner(field)]),
  );

function inner(field: Field): Field {
  if (field.kind === 'record') return { ...field, fields: withoutComputed(field.fields) };
  if (field.kind === 'list') return { ...field, of: inner(field.of) };
  return field;
}
