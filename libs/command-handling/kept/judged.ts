import { RuleBroken } from '#forlop/domain';
import { StaleRevision } from '../errors.js';
import type { AtRevision } from '../stream.js';

export interface Judged<L, E> {
  readonly at: L;
  readonly events: readonly E[];
}

/**
 * What a command leads to. What is accepted is checked by the append, at the revision that it was judged at; what is refused,
 * or changes nothing, is checked by nobody, so on a stream that was only remembered it is judged once more on the stream
 * itself.
 */
export async function judged<L extends AtRevision, E>(
  loaded: L,
  judge: (at: L) => Promise<readonly E[]>,
  fresh: () => Promise<L>,
): Promise<Judged<L, E>> {
  if (loaded.unconfirmed !== true) return { at: loaded, events: await judge(loaded) };
  const events = await judge(loaded).catch(nothingIfRefused);
  if (events.length > 0) return { at: loaded, events };
  const at = await fresh();
  return { at, events: await judge(at) };
}

function nothingIfRefused(error: unknown): readonly never[] {
  if (error instanceof RuleBroken || error instanceof StaleRevision) return [];
  throw error;
}
