type Present<T> = { [K in keyof T]: Exclude<T[K], null> };

/** A row without its null columns: what is not there is left out of an answer. */
export const present = <T extends object>(row: T): Present<T> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Present<T>;
