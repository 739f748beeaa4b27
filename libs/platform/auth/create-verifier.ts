import type { Config } from '../config/config.js';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER, DevelopmentIssuer } from './development-issuer.js';
import { OrganisationsFile } from './organisations.js';
import { remoteKeys, TokenVerifier, type TokenVerifierOptions } from './token-verifier.js';

/** The verifier for the configured issuer, or for the development issuer of the data folder. */
export async function createTokenVerifier(
  config: Pick<Config, 'dataDir' | 'issuer'>,
  personOf?: TokenVerifierOptions['personOf'],
): Promise<TokenVerifier> {
  const organisations = new OrganisationsFile(config.dataDir);
  const common = {
    organisation: (org: string) => organisations.find(org),
    ...(personOf === undefined ? {} : { personOf }),
  };
  if (config.issuer.kind === 'external') {
    const { issuer, audience, jwksUrl } = config.issuer;
    return new TokenVerifier({ ...common, issuer, audience, keys: remoteKeys(jwksUrl) });
  }
  const development = await DevelopmentIssuer.open(config.dataDir);
  return new TokenVerifier({
    ...common,
    issuer: DEVELOPMENT_ISSUER,
    audience: DEVELOPMENT_AUDIENCE,
    keys: development.keys(),
  });
}
