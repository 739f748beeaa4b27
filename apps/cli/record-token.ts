import { recordOperatorAct } from '#forlop/command-handling';
import { assertServingRoles, bringUpToDate, type Config, type TokenClaims } from '#forlop/platform';
import { MIGRATIONS, withDatabases } from './databases.js';
import { operator, withCommandDeps } from './operator.js';

/** Puts a token on the access log of the municipality that it opens, before anybody has it. */
export async function recordToken(
  config: Config,
  { role, sub, municipality, district }: TokenClaims,
): Promise<void> {
  // What is printed is the token alone, so that a script may take it: nothing is said of a database that is made for it.
  await withDatabases(
    config,
    'command',
    async ({ urls }) => {
      await bringUpToDate(urls, MIGRATIONS);
      await assertServingRoles(urls);
      await withCommandDeps(config, urls, 'forlop-token', (deps) =>
        recordOperatorAct(deps, {
          act: 'TOKEN',
          target: `${role}:${sub}`,
          operator: operator(),
          owner: { municipality: municipality ?? '0000', ...(district === undefined ? {} : { district }) },
          now: new Date().toISOString(),
        }),
      );
    },
    { quiet: true },
  );
}
