/** What a correction may say of an entry: fields of the entry's own shape, each whole. */
import { checkShape } from '../../kernel/check.js';
import type { FieldError } from '../../kernel/errors.js';
import type { Field, Shape } from '../../kernel/schema.js';

type Data = Readonly<Record<string, unknown>>;

/** New values, and the fields that the entry should not have had. */
export interface Patch {
  readonly newValues: Data;
  readonly removed?: readonly string[];
}

/** The data with the patch over it; a field is replaced as a whole, a list too. */
export const patched = (data: object, { newValues, removed = [] }: Patch): object => ({
  ...Object.fromEntries(Object.entries(data).filter(([field]) => !removed.includes(field))),
  ...newValues,
});

/** Fields of the shape, any of them: what is stored. */
export const patchShape = (shape: Shape): Shape =>
  Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, { ...field, optional: true }]));

/** `null` at the door takes a field away; it cannot be stored, where it stands for what is sealed. */
export function asPatch(body: Data): Patch {
  const entries = Object.entries(body);
  const removed = entries.flatMap(([field, value]) => (value === null ? [field] : []));
  const newValues = Object.fromEntries(entries.filter(([, value]) => value !== null));
  return removed.length === 0 ? { newValues } : { newValues, removed };
}

/** Every field error of a patch at once, with pointers into the body of the command. */
export function patchErrors(shape: Shape, { newValues, removed = [] }: Patch): readonly FieldError[] {
  const errors = checkShape(
    Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, strict(field)])),
    newValues,
  );
  return [
    ...errors.map((error) => ({ ...error, felt: `/newValues${error.felt}` })),
    ...Object.keys(newValues)
      .filter((name) => isFixed(shape, name))
      .map(fixed),
    ...removed.flatMap((name) => removalErrors(shape, name)),
  ];
}

/** What an entry brought into the case keeps its id, and a case its child: other entries name them. */
const isFixed = (shape: Shape, name: string): boolean => {
  const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
  return name === 'childRef' || (field?.kind === 'id' && field.minted === true);
};

const fixed = (name: string): FieldError => ({
  felt: `/newValues/${name}`,
  regel: 'fixed-field',
  melding: 'Fjern feltet: id-en ligger fast. Trekk oppføringen tilbake, og registrer den på nytt.',
});

function removalErrors(shape: Shape, name: string): readonly FieldError[] {
  const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
  if (field?.optional === true || field?.byRule === true) return [];
  // A name that is no field could be personal: then the object that it stands in is named.
  return field === undefined
    ? [{ felt: '/newValues', regel: 'unknown-field', melding: 'Fjern feltet: det er ukjent her.' }]
    : [{ felt: `/newValues/${name}`, regel: 'required', melding: 'Feltet er påkrevd, og kan ikke fjernes.' }];
}

/** As the door checks it: any field may be left out, and nothing is minted in a correction. */
const strict = (field: Field): Field => ({ ...withoutMinting(field), optional: true });

function withoutMinting(field: Field): Field {
  if (field.kind === 'record') {
    const fields = Object.entries(field.fields).map(([name, inner]) => [name, withoutMinting(inner)]);
    return { ...field, fields: Object.fromEntries(fields) as Shape };
  }
  if (field.kind === 'list') return { ...field, of: withoutMinting(field.of) };
  if (field.kind !== 'id') return field;
  const { minted: _, ...id } = field;
  return id;
}
