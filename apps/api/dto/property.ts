import type { Type } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { MAX_ITEMS, MAX_TEXT } from '#forlop/domain';
import type { Field, RecordField } from '#forlop/domain';
import { mayBeAbsent } from './demands.js';

type Schema = Record<string, unknown>;

/** The OpenAPI property of a field: what `errorsOf` demands, in words of JSON Schema. */
export function propertyOf(field: Field, nested?: Type): ApiPropertyOptions {
  const required = !mayBeAbsent(field);
  const description = noteOf(field);
  return {
    required,
    ...(description === '' ? {} : { description }),
    ...(nested ? nestedSchema(field, nested) : schemaOf(field)),
  };
}

const nestedSchema = (field: Field, nested: Type): Schema =>
  field.kind === 'list'
    ? { type: () => nested, isArray: true, ...limits(field.min) }
    : { type: () => nested };

const limits = (min: number): Schema => ({ ...(min > 0 ? { minItems: min } : {}), maxItems: MAX_ITEMS });

/** JSON Schema of a field that is no record. */
export function schemaOf(field: Field): Schema {
  switch (field.kind) {
    case 'text':
      return { type: 'string', maxLength: MAX_TEXT, ...(field.byRule === true ? {} : { minLength: 1 }) };
    case 'date':
    case 'sealedDate':
      return { type: 'string', format: 'date' };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'duration':
      return { type: 'string', format: 'duration', example: 'P3M' };
    case 'id':
      return { type: 'string', format: 'uuid' };
    case 'code':
      return { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$' };
    case 'reference':
      return { type: 'string', pattern: field.pattern.source, example: field.example };
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: field.min, maximum: field.max };
    case 'enum':
      return { type: typeof field.values[0] === 'number' ? 'integer' : 'string', enum: [...field.values] };
    case 'list':
      return { type: 'array', items: schemaOf(field.of), ...limits(field.min) };
    case 'record':
      return recordSchema(field);
  }
}

/** A record that is checked whole: an open one, or one that a word may stand in the place of. */
function recordSchema({ open, orWord, fields }: RecordField): Schema {
  if (open === true) return { type: 'object', additionalProperties: true };
  const given = Object.entries(fields).filter(([, field]) => field.computed !== true);
  const object = {
    type: 'object',
    required: given.filter(([, field]) => !mayBeAbsent(field)).map(([name]) => name),
    properties: Object.fromEntries(given.map(([name, field]) => [name, schemaOf(field)])),
    additionalProperties: false,
  };
  // Nest takes a property without a type for one of a circular class; beside `oneOf` it leaves the type out again.
  return orWord === undefined
    ? object
    : { type: 'object', oneOf: [object, { type: 'string', enum: [orWord] }] };
}

function noteOf(field: Field): string {
  const notes = [
    field.byRule === true ? 'Asked for by a rule: its absence is that rule’s 422.' : '',
    field.kind === 'id' && field.minted === true ? 'Minted by the service when left out.' : '',
    field.kind === 'id' && field.of === 'person' ? 'A registered person; an unknown one is 404.' : '',
    field.kind === 'code' ? `A code of the list ${field.list}, valid on the legal date.` : '',
  ];
  return notes.filter((note) => note !== '').join(' ');
}
