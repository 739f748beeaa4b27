import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Field, Shape } from '#forlop/domain';

const calendarDate = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** A value that the field's shape allows. */
function fitting(field: Field): Arbitrary<unknown> {
  switch (field.kind) {
    case 'text':
      return fc.constantFrom(
        'Et ord',
        'Første linje\nandre linje',
        'æøå «sitat» 😀',
        '<b>x</b>',
        "'; drop table x; --",
      );
    case 'date':
    case 'sealedDate':
      return calendarDate;
    case 'instant':
      return calendarDate.map((date) => `${date}T10:15:00+01:00`);
    case 'duration':
      return fc.constantFrom('P3M', 'P6W', 'P1Y');
    case 'id':
      return fc.uuid();
    case 'code':
      return fc.constantFrom('1', '1.1', '2.1.03', '99');
    case 'reference':
      return fc.constant(field.example);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: field.min, max: field.max });
    case 'enum':
      return fc.constantFrom(...field.values);
    case 'list':
      return fc.array(fitting(field.of), {
        minLength: field.min,
        maxLength: Math.max(2, field.min),
      });
    case 'record':
      return field.open === true
        ? fc.dictionary(fc.constantFrom('on', 'reason', 'ukjent'), fc.oneof(fc.string(), fc.constant(null)))
        : field.orWord === undefined
          ? bodyFitting(field.fields)
          : fc.oneof(fc.constant(field.orWord), bodyFitting(field.fields));
  }
}

/** A value that clients send by mistake or on purpose. */
const hostile: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, '', '   ', 0, -1, 1.5, true, [], {}, [[]], [null], 'x'.repeat(20_001)),
  fc.constantFrom<unknown>(
    '\u0000',
    '\ud800',
    '2025-02-30',
    '2025-13-01T00:00:00Z',
    '13891499978',
    'P0D',
    '../..',
  ),
  fc.string(),
  fc.double(),
  fc.array(fc.constant({}), { maxLength: 3 }),
  fc.constant(Array.from({ length: 201 }, () => 'x')),
  fc.dictionary(fc.constantFrom('code', 'value', 'to', 'x'), fc.constantFrom<unknown>(null, 1, 'a')),
);

const isComputed = (field: Field): boolean => field.computed === true;

/** A body that fits the shape, absent fields included where it allows them. */
export function bodyFitting(shape: Shape): Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(shape).filter(([, field]) => !isComputed(field));
  const required = fields.filter(([, field]) => !field.optional && !field.byRule).map(([name]) => name);
  return fc.record(Object.fromEntries(fields.map(([name, field]) => [name, fitting(field)])), {
    requiredKeys: required,
  });
}

/** A body that fits but for some of its fields, at any depth of the first level, and with strangers among them. */
export function bodyBroken(shape: Shape): Arbitrary<Record<string, unknown>> {
  const names = Object.keys(shape);
  const change = fc.tuple(fc.constantFrom(...names, 'ukjent', 'x1'), hostile);
  return fc
    .tuple(
      bodyFitting(shape),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.subarray(names, { maxLength: Math.min(2, names.length) }),
    )
    .map(([body, changes, dropped]) => {
      const broken = { ...body, ...Object.fromEntries(changes) };
      for (const name of dropped) delete broken[name];
      return broken;
    });
}
