import { readdir, readFile } from 'node:fs/promises';
import { rulesShownIn, type RuleTest, type RuleTests } from '#forlop/domain';

const FOLDERS = ['libs', 'apps', 'test'];

/**
 * The tests that show each rule, by file and place in it. Reads the sources below the working folder, so it is for a checkout
 * and not for an installed service.
 */
export async function findRuleTests(): Promise<RuleTests> {
  const found = new Map<string, RuleTest[]>();
  for (const file of await specFiles()) {
    for (const { rule, title } of rulesShownIn(await readFile(file, 'utf8'))) {
      found.set(rule, [...(found.get(rule) ?? []), { file, title }]);
    }
  }
  return found;
}

async function specFiles(): Promise<readonly string[]> {
  const files = await Promise.all(
    FOLDERS.map(async (folder) =>
      (await readdir(folder, { recursive: true }))
        .filter((name) => name.endsWith('.spec.ts'))
        .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
    ),
  );
  return files.flat().sort();
}
