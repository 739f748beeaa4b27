import { MAX_ITEMS, checkShape, isRecord } from '#forlop/domain';
import type { Field, FieldError } from '#forlop/domain';

/** Whether a field's value holds fields of its own, which class-validator then visits as a nested class. */
export const isNested = (field: Field): boolean =>
  (field.kind === 'record' && field.open !== true && field.orWord === undefined) ||
  (field.kind === 'list' && field.of.kind === 'record');

/** A rule's own field may be absent (its absence is that rule's 422); a new id is minted by the service. */
export const mayBeAbsent = (field: Field): boolean =>
  field.optional === true || field.byRule === true || (field.kind === 'id' && field.minted === true);

/**
 * What is wrong with one value by its own field, as pointers from that value. Leaves are the domain's to judge; what is
 * wrong inside nested records is their classes' to say.
 */
export function errorsOf(field: Field, value: unknown): readonly FieldError[] {
  const nested = value !== undefined && field.computed !== true && isNested(field);
  if (nested)
    return field.kind === 'list' ? errorsOfRecords(field, value) : isRecord(value) ? [] : [aRecord('')];
  return checkShape({ value: field }, value === undefined ? {} : { value }).map((error) => ({
    ...error,
    felt: error.felt.slice('/value'.length),
  }));
}

const aRecord = (felt: string): FieldError => ({
  felt,
  regel: 'type',
  melding: 'Skriv et JSON-objekt med navngitte felt.',
});

/** A list of records: the list itself, and items that are no records. */
function errorsOfRecords(field: Field & { readonly kind: 'list' }, value: unknown): readonly FieldError[] {
  if (!Array.isArray(value) || value.length > MAX_ITEMS || value.length === 0) {
    return checkShape({ value: field }, { value }).map((error) => ({ ...error, felt: '' }));
  }
  const { min } = field;
  const tooFew =
    value.length < min && field.byRule !== true
      ? [{ felt: '', regel: 'count', melding: `Legg til: listen må ha minst ${min} elementer.` }]
      : [];
  const strangers = value.flatMap((item: unknown, index) => (isRecord(item) ? [] : [aRecord(`/${index}`)]));
  return [...tooFew, ...strangers];
}
