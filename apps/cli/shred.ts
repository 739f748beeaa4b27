import { NotFound, shredSubject } from '#forlop/command-handling';
import { RuleBroken, SHRED_GROUNDS } from '#forlop/domain';
import {
  assertServingRoles,
  bringUpToDate,
  type Config,
  EXIT,
  type ExitCode,
  StartupError,
} from '#forlop/platform';
import { MIGRATIONS, type OpenDatabases, withDatabases } from './databases.js';
import { operator, withCommandDeps } from './operator.js';
import { answer, say } from './output.js';

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
  return withCommandDeps(config, urls, 'forlop-shred', (deps) =>
    shredSubject(deps, {
      subjectRef: options.subject,
      ground: groundOf(options.ground),
      decisionRef: options.decisionRef,
      operator: operator(),
      now: new Date().toISOString(),
    }),
  );
}

function groundOf(text: string) {
  const ground = SHRED_GROUNDS.find((one) => one === text.toUpperCase());
  if (ground !== undefined) return ground;
  throw new StartupError(EXIT.usage, `error: --ground must be ${SHRED_GROUNDS.join(' or ')}`);
}

/** A refusal is an answer, not a fault of the program. @throws what is no refusal */
function refusalOf(error: unknown): string {
  if (error instanceof NotFound) return 'Refused: there is no such person';
  if (!(error instanceof RuleBroken)) throw error;
  const law = error.law.map((one) => ` ${one.law} § ${one.section}.`).join('');
  return `Refused (${error.slug}): ${error.detail}${law} ${error.losning}`.trim();
}
