import { setTimeout as pause } from 'node:timers/promises';
import type { OpenContestant } from '../harness/contestant.js';
import { loadPlatform, loadProjections, loadProjector, loadReadModels } from '../harness/service.js';
import { openStore, type StoreSettings } from './forlop-store.js';

export interface ProjectWork {
  readonly store: StoreSettings;
  /** As the projector's role, at the database whose read models are to catch up. */
  readonly projectorUrl: string;
}

const ASK_EVERY = 25;

/** Ours: the projector of the service catches up every read model from nothing. `value` is the seconds that it took. */
export const open: OpenContestant<object, ProjectWork> = async () => {
  const [{ startProjector }, { listProjections, sqlOver }, { projections }, { createPool, createLogger }] =
    await Promise.all([loadProjector(), loadProjections(), loadReadModels(), loadPlatform()]);
  return {
    turn: async ({ store: settings, projectorUrl }) => {
      const store = await openStore(settings);
      const pool = createPool({ url: projectorUrl, application: 'bench', max: 1 });
      const log = createLogger('warn');
      const begin = performance.now();
      const projector = startProjector({ databaseUrl: projectorUrl, store, log });
      for (;;) {
        const listed = await listProjections(sqlOver(pool), store, projections);
        const failed = listed.find(
          ({ status, parked }) => status === 'failed' || status === 'refused' || parked > 0,
        );
        if (failed !== undefined)
          throw new Error(`${failed.projection}: ${failed.status}, ${failed.error ?? ''}`);
        if (listed.every(({ lagEvents, status }) => lagEvents === 0 && status !== 'new')) break;
        await pause(ASK_EVERY);
      }
      const seconds = (performance.now() - begin) / 1000;
      await projector.close();
      await pool.end();
      await store.close();
      return { value: seconds };
    },
    close: async () => undefined,
  };
};
