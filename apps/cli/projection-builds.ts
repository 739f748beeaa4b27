/** `forlop projections rebuild` and `prune`. */
import { recordOperatorAct } from '#forlop/command-handling';
import { assertServingRole, type DatabaseUrls, loadConfig } from '#forlop/platform';
import { type Build, type BuildProgress, pruneBuilds, rebuildAll } from '#forlop/projections';
import { projections } from '#forlop/read-models';
import { operator, withCommandDeps } from './operator.js';
import { answer, say } from './output.js';
import { ProgressBar } from './progress.js';
import { asProjector, chosenFrom } from './projections.js';

/**
 * Builds one projection, or `all` from one reading of the store, beside the rows that are read, and leads the queries over.
 * One that fails stops alone; the command then fails with its error when the others are done.
 */
export async function rebuild(name: string, json: boolean): Promise<void> {
  const chosen = chosenFrom(projections, name);
  const { rebuilt, failed } = await asProjector(async ({ pool, store, urls }) => {
    await record(name, urls);
    const bar = new ProgressBar('events');
    try {
      return await rebuildAll({ projections: chosen, store, pool, onProgress: toldBy(bar) });
    } finally {
      bar.end();
    }
  });
  const [failure] = failed.values();
  if (failure !== undefined) {
    for (const one of rebuilt) say(lineOf(one));
    throw failure;
  }
  answer(json, { rebuilt }, () => rebuilt.map(lineOf));
}

const lineOf = (one: Awaited<ReturnType<typeof rebuildAll>>['rebuilt'][number]): string =>
  `${one.projection}: ${one.events} events, at ${one.position ?? '-'}, build ${one.build}`;

function toldBy(bar: ProgressBar): (progress: BuildProgress) => void {
  return ({ phase, projection, events, of }) => {
    if (phase === 'reading') {
      bar.show({ share: of === 0 ? 1 : events / of, done: events });
      return;
    }
    bar.end();
    say(phase === 'indexing' ? `Indexing ${projection ?? ''} …` : `${projection ?? ''} is switched`);
  };
}

/** As the service's role: the projector's may only read the events. */
async function record(target: string, urls: DatabaseUrls): Promise<void> {
  await assertServingRole(urls.serviceUrl, 'DATABASE_URL');
  const act = { act: 'REBUILD', target, operator: operator(), now: new Date().toISOString() } as const;
  await withCommandDeps(loadConfig(process.env), urls, 'forlop-projections', (deps) =>
    recordOperatorAct(deps, act),
  );
}

/** Drops the builds that nobody reads any more, of one projection or of `all`. */
export async function prune(name: string, json: boolean): Promise<void> {
  const chosen = chosenFrom(projections, name);
  const pruned = await asProjector(async ({ pool }) => {
    const gone: Build[] = [];
    for (const projection of chosen) gone.push(...(await pruneBuilds(pool, projection.name)));
    return gone.map(({ projection, version, build, status }) => ({ projection, version, build, status }));
  });
  answer(json, { pruned }, () =>
    pruned.length === 0
      ? ['Nothing to prune']
      : pruned.map((one) => `${one.projection} v${one.version}, build ${one.build}: dropped`),
  );
}
