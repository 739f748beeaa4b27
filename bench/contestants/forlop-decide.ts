import type { Envelope } from '../../libs/domain/index.js';
import type { StoredEvent } from '../../libs/event-store/index.js';
import type { OpenContestant } from '../harness/contestant.js';
import { eachOf, underLoad, type Load } from '../harness/load.js';
import { caseWork, type ReadFact } from './case-work.js';
import { openStore, type StoreSettings } from './forlop-store.js';
import { newCaseStream } from './sealed-event.js';

export interface DecideSettings {
  /** Cases that are made beforehand and worked on in turn. */
  readonly streams: number;
  /** Events in each. */
  readonly length: number;
}

const SEEDING = 64;

/** Ours: reads a case from the store, folds it, decides, seals, hashes and appends at the revision that was read. */
export const open: OpenContestant<StoreSettings & DecideSettings, Load> = async ({
  streams,
  length,
  ...settings
}) => {
  const [store, work] = await Promise.all([openStore(settings), caseWork()]);
  const names = Array.from({ length: streams }, newCaseStream);
  await eachOf(names, SEEDING, async (name) =>
    store.append(name, await work.history(name, length), 'noStream'),
  );
  let next = 0;
  return {
    turn: (load) =>
      underLoad(load, async () => {
        const name = names[(next += 1) % streams] as string;
        const stored = await store.readStream(name);
        const fact = work.decide(work.stateIn(stored.map(factOf)));
        await store.append(name, [await work.seal(name, fact)], stored.length - 1);
      }),
    close: () => store.close(),
  };
};

const factOf = ({ type, payload, metadata }: StoredEvent): ReadFact => ({
  type,
  data: (JSON.parse(payload) as { data: unknown }).data,
  metadata: JSON.parse(metadata) as Envelope,
});
