import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { EXIT } from '#forlop/platform';
import { say } from '../output.js';

const PAGE = 'docs/event-catalogue.md';

export function addEventCatalogue(program: Command): void {
  program
    .command('event-catalogue')
    .description(`write ${PAGE} from the domain's definitions`)
    .option('--check', 'only say whether it is current (exit 1 when it is not)')
    .action(async ({ check }: { check?: boolean }) => {
      const { renderEventCatalogue } = await import('#forlop/domain');
      const page = renderEventCatalogue();
      const current = (await readFile(PAGE, 'utf8').catch(() => '')) === page;
      if (check === true) {
        say(
          current
            ? `${PAGE} is current`
            : `${PAGE} is not current: run \`npm run forlop -- event-catalogue\``,
        );
        process.exitCode = current ? EXIT.ok : EXIT.failed;
      } else if (!current) {
        await writeFile(PAGE, page);
        say(`Wrote ${PAGE}`);
      }
    });
}
