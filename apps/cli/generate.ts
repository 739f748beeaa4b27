import { recordOperatorAct } from '#forlop/command-handling';
import { Shares, type World, worldOf, type Written, writeWorld } from '#forlop/generator';
import {
  assertServingRoles,
  bringUpToDate,
  type Config,
  configurationError,
  type DatabaseUrls,
  EXIT,
  isLoopback,
  StartupError,
} from '#forlop/platform';
import { MIGRATIONS, withDatabases } from './databases.js';
import { threadsFor, writeByThreads } from './generate-threads.js';
import { operator, withCommandDeps } from './operator.js';
import { answer } from './output.js';
import { ProgressBar } from './progress.js';

/** As given on the command line. */
export interface GenerateOptions {
  readonly cases: number;
  readonly municipalities: number;
  readonly years: number;
  readonly seed: string;
  readonly until?: string;
  readonly threads?: number;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Fills the configured store with a world. @throws StartupError 78 where made-up people do not belong */
export async function runGenerate(config: Config, options: GenerateOptions): Promise<void> {
  refuseProduction();
  const world = worldIn(options);
  const shares = new Shares();
  const written = await withDatabases(config, 'command', async ({ urls }) => {
    refuseElsewhere(urls, options.yes === true);
    await bringUpToDate(urls, MIGRATIONS);
    await assertServingRoles(urls);
    return write(config, urls, world, shares, options.threads);
  });
  const { cases, events, digest, eventsPerSecond } = written;
  answer(options.json === true, { cases, events, digest, eventsPerSecond }, () => [
    ...shares.lines(),
    '',
    `${cases} cases, ${events} events, ${eventsPerSecond} events/s, digest ${digest}`,
  ]);
}

function worldIn({ cases, municipalities, years, seed, until }: GenerateOptions): World {
  try {
    return worldOf({ cases, municipalities, years, seed, ...(until === undefined ? {} : { until }) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StartupError(EXIT.usage, `error: ${error.message}`);
  }
}

/** Whatever is asked: where the law's records are kept, nobody is made up. */
function refuseProduction(): void {
  if (process.env['NODE_ENV'] !== 'production') return;
  throw configurationError(
    'NODE_ENV is production: made-up people are not written there. Example: NODE_ENV=development',
  );
}

function refuseElsewhere(urls: DatabaseUrls, yes: boolean): void {
  const elsewhere = (['serviceUrl', 'keystoreUrl'] as const).filter(
    (name) => !isLoopback(new URL(urls[name]).hostname),
  );
  if (yes || elsewhere.length === 0) return;
  throw configurationError(
    'DATABASE_URL or KEYSTORE_URL is on another machine, where made-up people may not belong. ' +
      'Give --yes if they do. Example: forlop generate --cases 100 --municipalities 2 --years 1 --seed 1 --yes',
  );
}

/** On the record first, or it is not done. */
async function write(
  config: Config,
  urls: DatabaseUrls,
  world: World,
  shares: Shares,
  wanted?: number,
): Promise<Written> {
  const { cases, municipalities, years, seed, until } = world.plan;
  return withCommandDeps(config, urls, 'forlop-generate', async (deps) => {
    await recordOperatorAct(deps, {
      act: 'GENERATE',
      target: `cases=${cases}/municipalities=${municipalities}/years=${years}/until=${until}/seed=${seed}`,
      operator: operator(),
      now: new Date().toISOString(),
    });
    const bar = new ProgressBar('events');
    const onProgress = (progress: { readonly cases: number; readonly events: number }): void =>
      bar.show({ share: progress.cases / cases, done: progress.events });
    const threads = wanted ?? threadsFor(cases);
    const written =
      threads === 1
        ? await writeWorld(shares.counting(world), deps, onProgress)
        : await writeByThreads({ config, urls, plan: world.plan }, threads, shares, onProgress);
    bar.end();
    return written;
  });
}
