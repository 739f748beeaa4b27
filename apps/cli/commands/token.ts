import type { Command } from 'commander';
import {
  type CallerRole,
  configurationError,
  DevelopmentIssuer,
  EXIT,
  isSupervisor,
  loadConfig,
  StartupError,
  type TokenClaims,
} from '#forlop/platform';
import { unusableFolder } from '../data-folder.js';
import {
  districtOption,
  durationOption,
  municipalityOption,
  orgOption,
  roleOption,
  subjectOption,
} from '../options.js';

interface TokenOptions {
  readonly role: CallerRole;
  readonly municipality?: string;
  readonly district?: string;
  readonly org: string;
  readonly subject?: string;
  readonly onBehalfOf?: string;
  readonly ttl: number;
}

/** A number that Enhetsregisteret has not given to anyone's municipality: development tokens only. */
const DEVELOPMENT_ORG = '0192:999999999';

export function addToken(program: Command): void {
  program
    .command('token')
    .description('print a token of the development issuer (loopback only)')
    .requiredOption('--role <ROLE>', 'e.g. SAKSBEHANDLER, LEDER, HELSETILSYN', roleOption)
    .option(
      '--municipality <NNNN>',
      'kommunenummer; the supervisory authorities have none',
      municipalityOption,
    )
    .option('--district <NN>', 'bydelsnummer, in Oslo, Bergen and Trondheim', districtOption)
    .option('--org <0192:…>', 'organisation number', orgOption, DEVELOPMENT_ORG)
    .option('--subject <id>', 'whose token it is; a personId for PART', subjectOption)
    .option('--on-behalf-of <id>', 'the employee that a machine acts for', subjectOption)
    .option('--ttl <duration>', 'how long it is valid', durationOption, durationOption('8h'))
    .action(async (options: TokenOptions) => {
      const config = loadConfig(process.env);
      const { dataDir, issuer } = config;
      if (issuer.kind === 'external') {
        throw configurationError(
          'OIDC_ISSUER is set: tokens come from that issuer, not from here. Example: unset OIDC_ISSUER',
        );
      }
      const claims = claimsOf(options);
      const development = await DevelopmentIssuer.open(dataDir).catch(unusableFolder(dataDir));
      const { recordToken } = await import('../record-token.js');
      await recordToken(config, claims);
      console.log(await development.mint(claims, options.ttl));
    });
}

function claimsOf({ role, municipality, district, org, subject, onBehalfOf }: TokenOptions): TokenClaims {
  const placed = !isSupervisor(role);
  if (placed && municipality === undefined) {
    throw new StartupError(
      EXIT.usage,
      `error: a ${role} belongs to a municipality. Example: --municipality 3401`,
    );
  }
  return {
    sub: subject ?? `dev-${role.toLowerCase()}`,
    role,
    org,
    ...(placed && municipality !== undefined ? { municipality } : {}),
    ...(placed && district !== undefined ? { district } : {}),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    scope: 'forlop',
  };
}
