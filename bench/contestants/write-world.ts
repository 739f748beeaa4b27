/** Writes generated cases into the event store, in a process of its own so that its memory goes with it. */
import type { OpenContestant } from '../harness/contestant.js';
import { loadGenerator } from '../harness/service.js';
import { openKeys, type KeySettings } from './forlop-keys.js';
import { openStore, type StoreSettings } from './forlop-store.js';

/** Generated cases of some municipalities, cut off after so many events. */
export interface WorldPart {
  readonly events: number;
  /** Four digits each. */
  readonly among: readonly string[];
  readonly seed: string;
}

const YEARS = 3;
/** A case has a few more, so that there are enough of them; what is too many is cut off. */
const EVENTS_IN_A_CASE = 22;

export const open: OpenContestant<StoreSettings & KeySettings, WorldPart> = async (settings) => {
  const { firstEvents, worldOf, writeWorld } = await loadGenerator();
  const keys = await openKeys(settings);
  const store = await openStore(settings);
  return {
    turn: async ({ events, among, seed }) => {
      const cases = Math.ceil(events / EVENTS_IN_A_CASE);
      const world = worldOf({ cases, municipalities: among.length, years: YEARS, seed, among });
      const written = await writeWorld(firstEvents(world, events), { store, ...keys }, () => undefined);
      return { value: written.eventsPerSecond, counted: { events: written.events } };
    },
    close: async () => {
      await store.close();
      await keys.close();
    },
  };
};
