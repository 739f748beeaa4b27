import type { Envelope } from '../../libs/domain/index.js';
import type { OpenContestant } from '../harness/contestant.js';
import { eachOf, underLoad, type Load } from '../harness/load.js';
import { caseWork, type ReadFact } from './case-work.js';
import { openEmmett } from './emmett.js';
import type { DecideSettings } from './forlop-decide.js';
import { preparedOf, type PreparedEvent } from './prepared-events.js';
import { newCaseStream } from './sealed-event.js';

const SEEDING = 32;

/** The peer: readStream, the same fold and decision, appendToStream of an event that is sealed already at the version read. */
export const open: OpenContestant<{ url: string } & DecideSettings, Load> = async ({
  url,
  streams,
  length,
}) => {
  const [store, work] = await Promise.all([openEmmett(url), caseWork()]);
  const names = Array.from({ length: streams }, newCaseStream);
  const history = (await work.history(newCaseStream(), length)).map(preparedOf);
  const sealed = history.at(-1) as PreparedEvent;
  await eachOf(names, SEEDING, (name) => store.appendToStream(name, history));
  let next = 0;
  return {
    turn: (load) =>
      underLoad(load, async () => {
        const name = names[(next += 1) % streams] as string;
        const { events, currentStreamVersion } = await store.readStream(name);
        work.decide(work.stateIn(events.map(factOf)));
        await store.appendToStream(name, [sealed], { expectedStreamVersion: currentStreamVersion });
      }),
    close: () => store.close(),
  };
};

const factOf = ({ type, data, metadata }: PreparedEvent): ReadFact => ({
  type,
  data: data['data'],
  metadata: metadata as unknown as Envelope,
});
