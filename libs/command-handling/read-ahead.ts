/** A failure of what is read in advance is judged when its turn comes, not when it happens. */
export function inAdvance<T>(reading: Promise<T>): Promise<T> {
  reading.catch(() => undefined);
  return reading;
}

/**
 * Begins a read at once, to go together with others. The first call is given what it finds; each later one, after a lost
 * race, reads anew. The read is told whether it is the first.
 */
export function readAhead<T>(read: (isFirst: boolean) => Promise<T>): () => Promise<T> {
  let ahead: Promise<T> | undefined = inAdvance(read(true));
  return () => {
    const reading = ahead ?? read(false);
    ahead = undefined;
    return reading;
  };
}
