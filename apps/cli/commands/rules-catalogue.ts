import type { Command } from 'commander';
import { writeOrCheck } from '../generated-page.js';

const PAGE = 'docs/rules.md';

export function addRulesCatalogue(program: Command): void {
  program
    .command('rules-catalogue')
    .description(`write ${PAGE} from the domain's rules and the tests that show them`)
    .option('--check', 'only say whether it is current (exit 1 when it is not)')
    .action(async ({ check = false }: { check?: boolean }) => {
      const [{ renderRulesPage }, { findRuleTests }] = await Promise.all([
        import('#forlop/domain'),
        import('../rule-tests.js'),
      ]);
      const text = renderRulesPage(await findRuleTests());
      await writeOrCheck({ path: PAGE, text, command: 'rules-catalogue' }, check);
    });
}
