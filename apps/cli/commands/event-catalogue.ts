import type { Command } from 'commander';
import { writeOrCheck } from '../generated-page.js';

const PAGE = 'docs/event-catalogue.md';

export function addEventCatalogue(program: Command): void {
  program
    .command('event-catalogue')
    .description(`write ${PAGE} from the domain's definitions`)
    .option('--check', 'only say whether it is current (exit 1 when it is not)')
    .action(async ({ check = false }: { check?: boolean }) => {
      const { renderEventCatalogue } = await import('#forlop/domain');
      await writeOrCheck({ path: PAGE, text: renderEventCatalogue(), command: 'event-catalogue' }, check);
    });
}
