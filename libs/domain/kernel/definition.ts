/** One definition of an event or a command, from which type, codec, HTTP surface and catalogue all read. */
import type { Role } from './envelope.js';
import type { FieldError } from './errors.js';
import type { LawReference } from './law-reference.js';
import type { Flag } from './flags.js';
import type { Infer, Shape } from './schema.js';

export type { LawReference } from './law-reference.js';
export type { Flag } from './flags.js';

export type AggregateName =
  'person' | 'childcase' | 'deadline' | 'accessrequest' | 'statereport' | 'supervision' | 'accesslog';

export interface EventDefinition<T extends string = string, S extends Shape = Shape> {
  /** Stored name: stable for ever. */
  readonly type: T;
  readonly schemaVersion: number;
  /** The field's own word for it, in bokmål. */
  readonly norwegian: string;
  /** One English sentence for the catalogue. */
  readonly summary: string;
  readonly aggregate: AggregateName;
  /** The field of `shape` (a `date` or an `instant`) that `occurredAt` is derived from. */
  readonly legalDate: string;
  readonly law: readonly LawReference[];
  /** The field of `shape` that names the § of barnevernsloven that such an event rests on, before the first of `law`. */
  readonly lawField?: string;
  readonly shape: S;
  /** The whole shape, where it hangs on what the event is about; `shape` then has an open record in its place. */
  readonly shapeOf?: (data: object) => Shape;
  /** Whether barnevernsloven §12-4 asks for it in the child's journal. */
  readonly journalRelevant: boolean;
}

/** What an event with this data must fit: codec and sealing go by it. */
export const shapeFor = (
  { shape, shapeOf }: Pick<EventDefinition, 'shape' | 'shapeOf'>,
  data: object,
): Shape => shapeOf?.(data) ?? shape;

/** An event as `decide` returns it and `evolve` takes it: without the envelope. */
export type EventOf<D> =
  D extends EventDefinition<infer T, infer S>
    ? { readonly type: T; readonly data: Infer<S>; readonly flags?: readonly Flag[] }
    : never;

export interface CommandDefinition<T extends string = string, S extends Shape = Shape> {
  readonly type: T;
  readonly norwegian: string;
  /** Types of the events that it may lead to. */
  readonly emits: readonly string[];
  /** Fields of `shape` that are taken from the URL; the body does not repeat them. */
  readonly path: readonly string[];
  /** Everything that `decide` is given, path ids and computed fields included. */
  readonly shape: S;
  readonly roles: readonly Role[];
  /** Numbers of the rules (model.md section 6) that it is judged by. */
  readonly rules: readonly string[];
  /** A valid body, synthetic. */
  readonly example: unknown;
  /**
   * Field errors (400) that no single field shows: two fields that exclude each other, the same child twice.
   * Called with the raw body beside the check of the shape, so it must look before it trusts a type.
   */
  readonly refine?: (body: Readonly<Record<string, unknown>>) => readonly FieldError[];
}

export const defineEvent = <const T extends string, const S extends Shape>(
  definition: EventDefinition<T, S>,
): EventDefinition<T, S> => definition;

export const defineCommand = <const T extends string, const S extends Shape>(
  definition: CommandDefinition<T, S>,
): CommandDefinition<T, S> => definition;
