import { StoreUnavailable } from '#forlop/event-store';

/** ms: a frozen store is not told from a slow one, and a read has somewhere else to turn to. */
const PATIENCE = 2_000;

/** What the store answers soon; one that does not is away. @throws StoreUnavailable */
export async function soon<T>(operation: string, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable(operation)), PATIENCE);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
