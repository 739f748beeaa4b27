import type { Field, Shape } from '#forlop/domain';

type Data = Record<string, unknown>;
type Visit = (field: Field, value: unknown, path: string) => unknown;

/** Rebuilds `data` along its shape, asking `leaf` for every field that is no record and no list; an open record is one leaf. */
function along(shape: Shape, data: Data, leaf: Visit, path = ''): Data {
  const result: Data = {};
  for (const [name, field] of Object.entries(shape)) {
    const value = walk(field, data[name], leaf, `${path}/${name}`);
    if (value !== undefined) result[name] = value;
  }
  return result;
}

function walk(field: Field, value: unknown, leaf: Visit, path: string): unknown {
  if (field.kind === 'record' && field.open !== true && isData(value))
    return along(field.fields, value, leaf, path);
  if (field.kind === 'list' && Array.isArray(value)) {
    return value.map((item, index) => walk(field.of, item, leaf, `${path}/${index}`));
  }
  return leaf(field, value, path);
}

const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMinted = (field: Field): boolean => field.kind === 'id' && 'minted' in field && field.minted === true;
const isPersonRef = (field: Field): boolean => field.kind === 'id' && 'of' in field && field.of === 'person';

/** Gives every new id that the client left out a value of its own: `mint` is told its path, e.g. `/measures/0/measureId`. */
export const fillIds = (shape: Shape, data: Data, mint: (path: string) => string): Data =>
  along(shape, data, (field, value, path) => value ?? (isMinted(field) ? mint(path) : undefined));

/** The new ids that a command named or was given, in its own shape and nothing else: what its answer repeats. */
export const newIdsIn = (shape: Shape, data: Data): Data =>
  withoutEmpty(along(shape, data, (field, value) => (isMinted(field) ? value : undefined)));

/** Every person of the register that the command names, once each. */
export function personRefsIn(shape: Shape, data: Data): string[] {
  const found = new Set<string>();
  along(shape, data, (field, value) => {
    if (isPersonRef(field) && typeof value === 'string') found.add(value);
    return undefined;
  });
  return [...found];
}

function withoutEmpty(data: Data): Data {
  const kept = Object.entries(data).map(([name, value]) => [name, pruned(value)] as const);
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
}

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(pruned);
    return items.some((item) => item !== undefined) ? items : undefined;
  }
  if (!isData(value)) return value;
  const record = withoutEmpty(value);
  return Object.keys(record).length > 0 ? record : undefined;
}
