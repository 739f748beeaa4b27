import { mkdir } from 'node:fs/promises';
import type { Command } from 'commander';
import { loadConfig, OrganisationsFile } from '#forlop/platform';
import { districtOption, municipalityOption, orgOption } from '../options.js';
import { say } from '../output.js';

interface AddOptions {
  readonly org: string;
  readonly municipality: string;
  readonly district?: string;
}

export function addOrganisation(program: Command): void {
  program
    .command('organisation')
    .description('the organisations whose tokens need name no municipality')
    .command('add')
    .description('say which municipality (and district) an organisation acts for')
    .requiredOption('--org <0192:…>', 'organisation number', orgOption)
    .requiredOption('--municipality <NNNN>', 'kommunenummer', municipalityOption)
    .option('--district <NN>', 'bydelsnummer, in Oslo, Bergen and Trondheim', districtOption)
    .action(async ({ org, municipality, district }: AddOptions) => {
      const { dataDir } = loadConfig(process.env);
      await mkdir(dataDir, { recursive: true });
      await new OrganisationsFile(dataDir).add(org, {
        municipality,
        ...(district === undefined ? {} : { district }),
      });
      say(
        `${org} acts for municipality ${municipality}${district === undefined ? '' : `, district ${district}`}`,
      );
    });
}
