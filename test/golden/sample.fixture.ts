import { personCommands } from '#forlop/domain';
import type { Field, Shape } from '#forlop/domain';

/** One value for every field of a shape, optional ones too: what a golden file has to keep loading. */
export const sampleOf = (shape: Shape): Record<string, unknown> =>
  Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, sampleField(name, field)]));

const IDENTIFIER = (personCommands.RegisterPerson.example as { identifier: { value: string } }).identifier
  .value;

function sampleField(name: string, field: Field): unknown {
  switch (field.kind) {
    case 'text':
      return name === 'value' ? IDENTIFIER : `Prøvetekst om ${name}`;
    case 'sealedDate':
      return '2014-09-13';
    case 'id':
      return '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d01';
    case 'date':
      return '2026-03-02';
    case 'instant':
      return '2026-03-02T09:30:00+01:00';
    case 'duration':
      return 'P3M';
    case 'boolean':
      return true;
    case 'integer':
      return field.min;
    case 'enum':
      return field.values[0];
    case 'code':
      return '1';
    case 'reference':
      return field.example;
    case 'list':
      return [sampleField(name, field.of)];
    case 'record':
      return sampleOf(field.fields);
  }
}
