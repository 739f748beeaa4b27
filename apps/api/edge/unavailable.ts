import { isDatabaseAway, withCauses } from '#forlop/platform';

/** The libs' own names for it, which keep no list that could be looked through. */
const STORES: readonly unknown[] = ['StoreUnavailable', 'KeyStoreUnavailable'];

/** Whether an error, or one that it was caused by, means that a database cannot be reached or takes no work now. */
export function isUnavailable(error: unknown): boolean {
  return isDatabaseAway(error) || withCauses(error).some(({ name }) => STORES.includes(name));
}
