/** A list as the contract gives it. */
export interface Listing<T> {
  readonly items: readonly T[];
  /** To ask for the next part with, as `after`; absent on the last. */
  readonly next?: string;
}

/** What a read model gives, without the position: that stands in the header. */
export const listing = <T>({ items, next }: Listing<T>): Listing<T> => ({
  items,
  ...(next === undefined ? {} : { next }),
});

/** JSON Schema of a list. */
export const listSchema = (item: object) => ({
  type: 'object',
  required: ['items'],
  properties: { items: { type: 'array', items: item }, next: { type: 'string' } },
});
