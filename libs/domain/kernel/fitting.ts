/**
 * `checkShape` as one function for a shape, put together once: whether a whole value fits it, and nothing of why not. For what is
 * checked with every event that is stored and is nearly always right.
 */
import { checkLeaf } from './check-leaf.js';
import { isRecord } from './check.js';
import { MAX_ITEMS, type Field, type Shape } from './schema.js';

type Fits = (value: unknown) => boolean;

/** `true` where `checkShape(shape, value, 'whole')` finds nothing. */
export function fitting(shape: Shape): Fits {
  const fields = new Map(Object.entries(shape).map(([name, field]) => [name, fieldFits(field)]));
  const required = Object.entries(shape)
    .filter(([, field]) => field.optional !== true && field.byRule !== true)
    .map(([name]) => name);
  return (value) => {
    if (!isRecord(value)) return false;
    for (const name of Object.keys(value)) {
      const item = value[name];
      const fits = fields.get(name);
      if (fits === undefined || (item !== undefined && !fits(item))) return false;
    }
    for (const name of required) {
      if (value[name] === undefined || !Object.hasOwn(value, name)) return false;
    }
    return true;
  };
}

/** What a rule asks for may be empty: the rule has judged that. */
function fieldFits(field: Field, lenient = field.byRule === true): Fits {
  if (field.kind === 'record') {
    const inside = fitting(field.fields);
    if (field.open === true) return (value) => isRecord(value);
    return field.orWord === undefined ? inside : (value) => value === field.orWord || inside(value);
  }
  if (field.kind === 'list') {
    const itemFits = fieldFits(field.of, false);
    const least = lenient ? 0 : field.min;
    return (value) =>
      Array.isArray(value) && value.length <= MAX_ITEMS && value.length >= least && value.every(itemFits);
  }
  return (value) => checkLeaf(field, value, lenient) === undefined;
}
