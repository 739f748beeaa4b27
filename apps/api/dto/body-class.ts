import 'reflect-metadata';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateBy, ValidateNested } from 'class-validator';
import type { Field, RecordField, Shape } from '#forlop/domain';
import { errorsOf, isNested } from './demands.js';
import { propertyOf } from './property.js';

export type BodyClass = new () => object;

/** Key of the constraint that holds a property to its field; its message is JSON, because one string is all it may be. */
export const FITS = 'fits';

const shapes = new WeakMap<BodyClass, Shape>();

/** The shape that a body class was made of. */
export function shapeOf(body: BodyClass): Shape {
  const shape = shapes.get(body);
  if (!shape) throw new Error('The class was not made by bodyClass.');
  return shape;
}

const byStructure = new Map<string, BodyClass>();
const namesInUse = new Set<string>();

/**
 * The DTO of a shape: a class with the decorators of class-validator, class-transformer and OpenAPI on every field, so
 * that type, check, document and event have one definition. Equal records are one class and one schema.
 */
export function bodyClass(name: string, shape: Shape): BodyClass {
  const body = named(name, class {});
  namesInUse.add(name);
  decorateAll(body, shape, name);
  shapes.set(body, shape);
  return body;
}

function decorateAll(target: BodyClass, shape: Shape, owner: string): void {
  for (const [property, field] of Object.entries(shape)) {
    const nested = isNested(field) ? nestedClass(recordIn(field), property, owner) : undefined;
    for (const decorate of decoratorsOf(field, nested)) decorate(target.prototype as object, property);
  }
}

function decoratorsOf(field: Field, nested: BodyClass | undefined): PropertyDecorator[] {
  return [
    fits(field),
    ...(nested ? [ValidateNested(), Type(() => nested)] : []),
    ...(field.computed === true ? [] : [ApiProperty(propertyOf(field, nested))]),
  ];
}

const fits = (field: Field): PropertyDecorator =>
  ValidateBy({
    name: FITS,
    validator: {
      validate: (value: unknown) => errorsOf(field, value).length === 0,
      defaultMessage: (validation) => JSON.stringify(errorsOf(field, validation?.value)),
    },
  });

const recordIn = (field: Field): RecordField => (field.kind === 'list' ? field.of : field) as RecordField;

function nestedClass(field: RecordField, property: string, owner: string): BodyClass {
  const fields = field.fields;
  const structure = JSON.stringify(fields, (_, value: unknown) =>
    value instanceof RegExp ? value.source : value,
  );
  const known = byStructure.get(structure);
  if (known) return known;
  const name = freeName(pascal(property), owner);
  const made = named(name, class {});
  byStructure.set(structure, made);
  decorateAll(made, fields, name);
  return made;
}

function freeName(wanted: string, owner: string): string {
  const name = namesInUse.has(wanted) ? `${owner}${wanted}` : wanted;
  namesInUse.add(name);
  return name;
}

const pascal = (property: string): string =>
  property.charAt(0).toUpperCase() + property.slice(1).replace(/s$/, '');

const named = (name: string, anonymous: BodyClass): BodyClass =>
  Object.defineProperty(anonymous, 'name', { value: name });
