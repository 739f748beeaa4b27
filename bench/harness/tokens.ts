import type { CallerRole } from '../../libs/platform/index.js';
import { loadPlatform } from './service.js';

export const MUNICIPALITY = '3403';
export const ORGANISATION = '0192:999999999';
const A_DAY = 86_400;

/** A token of the development issuer of a data folder, for an employee of a municipality. */
export async function tokenOf(
  dataDir: string,
  role: CallerRole,
  municipality = MUNICIPALITY,
): Promise<string> {
  const { DevelopmentIssuer } = await loadPlatform();
  const issuer = await DevelopmentIssuer.open(dataDir);
  return issuer.mint({ sub: 'ansatt-1', role, org: ORGANISATION, municipality, scope: 'forlop' }, A_DAY);
}
