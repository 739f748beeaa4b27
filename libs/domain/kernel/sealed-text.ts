/**
 * `separate`, `assertSealed` and `JSON.stringify` as one walk over the data by a function that is put together once a shape:
 * every event that is stored comes this way.
 */
import { checkLeaf, type Leaf } from './check-leaf.js';
import { isRecord } from './check.js';
import { assertSealed, sealedField, separate } from './personal.js';
import { isPersonal, MAX_ITEMS, type Field, type Shape } from './schema.js';

export interface SealedText {
  /** The document as JSON text, with `null` for every personal leaf. */
  readonly text: string;
  /** The personal leaves in document order. */
  readonly personal: readonly string[];
}

/**
 * What `separate` gives, as text, after it was seen that nothing else is in it than a sealed event may hold.
 * @throws UnsealedField as `separate` and `assertSealed`, and wherever they do
 */
export function sealedText(shape: Shape, data: object): SealedText {
  let write = writers.get(shape);
  if (write === undefined) {
    write = writeFields(shape);
    writers.set(shape, write);
  }
  const personal: string[] = [];
  const text = write(data, personal);
  return text === undefined ? slowly(shape, data) : { text, personal };
}

/** What is wrong, and where, is for the slower walk to say. */
function slowly(shape: Shape, data: object): SealedText {
  const { clear, personal } = separate(shape, data);
  assertSealed(shape, clear);
  return { text: JSON.stringify(clear), personal };
}

/** The value's JSON text, its personal leaves put at the end of `personal`; `undefined` where the value does not fit. */
type Write = (value: unknown, personal: string[]) => string | undefined;

/** A definition's shape never changes. */
const writers = new WeakMap<Shape, Write>();

function writeFields(shape: Shape): Write {
  const fields = new Map(Object.entries(shape).map(([name, field]) => [name, namedWriter(name, field)]));
  const required = [...fields.values()].filter(({ isRequired }) => isRequired).length;
  return (value, personal) => {
    if (!isRecord(value)) return undefined;
    let text = '';
    let seen = 0;
    for (const name of Object.keys(value)) {
      const item = value[name];
      if (item === undefined) continue;
      const field = fields.get(name);
      const written = field?.write(item, personal);
      if (field === undefined || written === undefined) return undefined;
      text += (text === '' ? field.first : field.next) + written;
      if (field.isRequired) seen += 1;
    }
    return seen === required ? `{${text}}` : undefined;
  };
}

function namedWriter(name: string, field: Field) {
  const first = `${JSON.stringify(name)}:`;
  const isRequired = field.optional !== true && field.byRule !== true;
  return { first, next: `,${first}`, write: writerOf(field), isRequired };
}

function writerOf(field: Field): Write {
  if (isPersonal(field)) {
    return (value, personal) => {
      if (typeof value !== 'string') return undefined;
      personal.push(value);
      return 'null';
    };
  }
  if (field.kind === 'list') return writeItems(writerOf(field.of));
  if (field.kind !== 'record') return writeLeaf(sealedField(field) as Leaf);
  // What an open record holds, another shape says.
  if (field.open === true) return () => undefined;
  const { orWord } = field;
  const inside = writeFields(field.fields);
  if (orWord === undefined) return inside;
  const word = JSON.stringify(orWord);
  return (value, personal) => (value === orWord ? word : inside(value, personal));
}

function writeItems(write: Write): Write {
  return (value, personal) => {
    if (!Array.isArray(value) || value.length > MAX_ITEMS) return undefined;
    let text = '';
    for (let index = 0; index < value.length; index += 1) {
      const written = write(value[index], personal);
      if (written === undefined) return undefined;
      text += index === 0 ? written : `,${written}`;
    }
    return `[${text}]`;
  };
}

function writeLeaf(field: Leaf): Write {
  switch (field.kind) {
    case 'enum': {
      const texts = new Map<unknown, string>(field.values.map((value) => [value, JSON.stringify(value)]));
      return (value) => texts.get(value);
    }
    case 'boolean':
    case 'integer':
      return (value) => (checkLeaf(field, value) === undefined ? String(value) : undefined);
    case 'id':
    case 'date':
      // Hexadecimal digits and hyphens: nothing that JSON writes otherwise.
      return (value) => (checkLeaf(field, value) === undefined ? `"${String(value)}"` : undefined);
    default:
      return (value) => (checkLeaf(field, value) === undefined ? JSON.stringify(value) : undefined);
  }
}
