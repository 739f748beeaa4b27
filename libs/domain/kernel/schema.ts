/**
 * The shape of a fact, as data. One definition of an event or a command gives its TypeScript type, tells the codec which
 * leaves are personal and must be sealed, the HTTP surface how to check a body, and the event catalogue what to print.
 *
 * A string leaf is personal (`text`) unless its kind limits what it can hold: an enum, a code, an id, a date, a reference.
 * That is the rule of the model: every name and every free text is sealed, and nothing else needs to be.
 */

/** Limits of a request's texts, in UTF-16 units. An event of 256 KiB holds any lawful combination met in practice. */
export const MAX_TEXT = 20_000;
export const MAX_ITEMS = 200;

interface Common {
  /** May be left out. */
  readonly optional?: true;
  /** Required by the law of model.md section 6: its absence at the door is that rule's 422, not a 400. */
  readonly byRule?: true;
  /** Set by the service, refused in a request. */
  readonly computed?: true;
}

export interface TextField extends Common {
  readonly kind: 'text';
}
export interface SealedDateField extends Common {
  readonly kind: 'sealedDate';
}
export interface IdField extends Common {
  readonly kind: 'id';
  /** What the id refers to, where the service must find it: an unknown person is the 404 of the request. */
  readonly of?: 'person';
  /** Given by the client or, when absent, minted by the service before `decide` sees the command. */
  readonly minted?: true;
}
/** A reference to a Person of the same municipality; the service finds the person before `decide`, or answers 404. */
export interface PersonRefField extends IdField {
  readonly of: 'person';
}
/** The id of something new. */
export interface NewIdField extends IdField {
  readonly minted: true;
}
export interface DateField extends Common {
  readonly kind: 'date';
}
export interface InstantField extends Common {
  readonly kind: 'instant';
}
export interface DurationField extends Common {
  readonly kind: 'duration';
}
export interface BooleanField extends Common {
  readonly kind: 'boolean';
}
export interface IntegerField extends Common {
  readonly kind: 'integer';
  readonly min: number;
  readonly max: number;
}
export interface EnumField<V extends string | number = string | number> extends Common {
  readonly kind: 'enum';
  readonly values: readonly V[];
}
/** A code of a national list; whether it is valid on the legal date is a rule, not a shape. */
export interface CodeField extends Common {
  readonly kind: 'code';
  readonly list: string;
}
/** A string limited by a pattern to what cannot hold a name, a free text or an identity number. */
export interface ReferenceField extends Common {
  readonly kind: 'reference';
  readonly pattern: RegExp;
  /** What the pattern asks for, in words, with an example. */
  readonly expects: string;
  readonly example: string;
}
export interface ListField<F extends Field = Field> extends Common {
  readonly kind: 'list';
  readonly of: F;
  readonly min: number;
}
export interface RecordField<S extends Shape = Shape> extends Common {
  readonly kind: 'record';
  readonly fields: S;
  /** The one word that may stand in place of the record. */
  readonly orWord?: string;
  /** Any JSON object at the door: its fields are judged where it is known what it is about. */
  readonly open?: true;
}

export type Field =
  | TextField
  | SealedDateField
  | IdField
  | DateField
  | InstantField
  | DurationField
  | BooleanField
  | IntegerField
  | EnumField
  | CodeField
  | ReferenceField
  | ListField
  | RecordField;
export type Shape = { readonly [name: string]: Field };

type Value<F> = F extends { kind: 'boolean' }
  ? boolean
  : F extends { kind: 'integer' }
    ? number
    : F extends EnumField<infer V>
      ? V
      : F extends ListField<infer I>
        ? readonly Value<I>[]
        : F extends { kind: 'record'; open: true }
          ? Readonly<Record<string, unknown>>
          : F extends RecordField<infer S>
            ? F extends { orWord: infer W extends string }
              ? Infer<S> | W
              : Infer<S>
            : string;

type OptionalKeys<S extends Shape> = {
  [K in keyof S]: S[K] extends { optional: true } | { byRule: true } ? K : never;
}[keyof S];

/** The TypeScript type of a shape. */
export type Infer<S extends Shape> = {
  readonly [K in Exclude<keyof S, OptionalKeys<S>>]: Value<S[K]>;
} & { readonly [K in OptionalKeys<S>]?: Value<S[K]> };

/** A name or a free text: personal, sealed before it is stored. */
export const text = (): TextField => ({ kind: 'text' });
/** A personal date (birth, due date): plain date `YYYY-MM-DD`, sealed. */
export const sealedDate = (): SealedDateField => ({ kind: 'sealedDate' });
export const id = (): IdField => ({ kind: 'id' });
export const personRef = (): PersonRefField => ({ kind: 'id', of: 'person' });
export const newId = (): NewIdField => ({ kind: 'id', minted: true });
export const date = (): DateField => ({ kind: 'date' });
export const instant = (): InstantField => ({ kind: 'instant' });
export const duration = (): DurationField => ({ kind: 'duration' });
export const boolean = (): BooleanField => ({ kind: 'boolean' });
export const integer = (min: number, max: number): IntegerField => ({ kind: 'integer', min, max });
export const oneOf = <const V extends string | number>(values: readonly V[]): EnumField<V> => ({
  kind: 'enum',
  values,
});
export const code = (list: string): CodeField => ({ kind: 'code', list });
export const reference = (pattern: RegExp, expects: string, example: string): ReferenceField => ({
  kind: 'reference',
  pattern,
  expects,
  example,
});
export const list = <F extends Field>(of: F, min = 0): ListField<F> => ({ kind: 'list', of, min });
export const record = <S extends Shape>(fields: S): RecordField<S> => ({ kind: 'record', fields });

/** A record, or the one word that says as much: a supervision rests on a provision, or is a `KLAGE`. */
export const recordOr = <const W extends string, S extends Shape>(
  word: W,
  fields: S,
): RecordField<S> & { readonly orWord: W } => ({ kind: 'record', fields, orWord: word });

/** Any JSON object; an event that holds one names its fields by `shapeOf`. */
export const openRecord = (): RecordField<Record<never, never>> & { readonly open: true } => ({
  kind: 'record',
  fields: {},
  open: true,
});

export const optional = <F extends Field>(field: F): F & { readonly optional: true } => ({
  ...field,
  optional: true,
});
export const byRule = <F extends Field>(field: F): F & { readonly byRule: true } => ({
  ...field,
  byRule: true,
});
export const computed = <F extends Field>(field: F): F & { readonly computed: true } => ({
  ...field,
  computed: true,
});

export const isPersonal = (field: Field): boolean => field.kind === 'text' || field.kind === 'sealedDate';
