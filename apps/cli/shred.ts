import { userInfo } from 'node:os';
import { NotFound, shredSubject } from '#forlop/command-handling';
import { type Actor, RuleBroken, SHRED_GROUNDS } from '#forlop/domain';
import {
  assertServingRoles,
  bringUpToDate,
  type Config,
  EXIT,
  type ExitCode,
  StartupError,
} from '#forlop/platform';
import { keyStorePool, PostgresBlindIndex, Sealer } from '#forlop/privacy';
import { MIGRATIONS, type OpenDatabases, withDatabases } from './databases.js';
import { answer, say } from './output.js';
import { openKeyStore, openMasterKey, openStore } from './store.js';

/** As given on the command line. */
export interface ShredOptions {
  readonly subject: string;
  readonly ground: string;
  readonly decisionRef: string;
  readonly json?: boolean;
}

/** Destroys a person's key, or says why not. @returns the exit code: a refusal is 1 */
export async function runShred(config: Config, options: ShredOptions): Promise<ExitCode> {
  try {
    const shredded = await withDatabases(config, 'command', (databases) => shred(config, databases, options));
    answer(options.json === true, shredded, () => [
      `The key of ${shredded.subjectRef} is destroyed (${shredded.position ?? 'recorded before'})`,
    ]);
    if (shredded.deadRows > 0) {
      say(
        `${shredded.deadRows} dead rows are still on disk, held by an older transaction: run this again later`,
      );
    }
    return EXIT.ok;
  } catch (error) {
    say(refusalOf(error));
    return EXIT.failed;
  }
}

async function shred(config: Config, { urls }: OpenDatabases, options: ShredOptions) {
  await bringUpToDate(urls, MIGRATIONS);
  await assertServingRoles(urls);
  const masterKey = await openMasterKey(config);
  const keys = keyStorePool(urls.keystoreUrl, () => undefined, 2);
  const store = await openStore(urls.serviceUrl, 'forlop-shred');
  try {
    const keyStore = await openKeyStore(config, keys, masterKey);
    const sealer = new Sealer(keyStore, masterKey);
    return await shredSubject(
      { store, keyStore, sealer, blindIndex: new PostgresBlindIndex(keys) },
      {
        subjectRef: options.subject,
        ground: groundOf(options.ground),
        decisionRef: options.decisionRef,
        operator: operator(),
        now: new Date().toISOString(),
      },
    );
  } finally {
    await store.close();
    await keys.end();
  }
}

function groundOf(text: string) {
  const ground = SHRED_GROUNDS.find((one) => one === text.toUpperCase());
  if (ground !== undefined) return ground;
  throw new StartupError(EXIT.usage, `error: --ground must be ${SHRED_GROUNDS.join(' or ')}`);
}

/** Erasing is an archivist's act; the operator's account belongs to no organisation that is known here. */
function operator(): Actor {
  const account = userInfo().username.replace(/[^A-Za-z0-9._@-]/g, '-');
  return { subjectId: `operator:${account}`, role: 'ARKIVAR', orgNumber: '0192:000000000' };
}

/** A refusal is an answer, not a fault of the program. @throws what is no refusal */
function refusalOf(error: unknown): string {
  if (error instanceof NotFound) return 'Refused: there is no such person';
  if (!(error instanceof RuleBroken)) throw error;
  const law = error.law.map((one) => ` ${one.law} § ${one.section}.`).join('');
  return `Refused (${error.slug}): ${error.detail}${law} ${error.losning}`.trim();
}
