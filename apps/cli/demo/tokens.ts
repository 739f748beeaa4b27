/** Who plays the parts: tokens that somebody made for a running service, or those of a throw-away one. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '#forlop/domain';
import { type DevelopmentIssuer, EXIT, isSupervisor, StartupError } from '#forlop/platform';
import type { Tokens } from './client.js';

/** Those without which no story can be played, and those for whom a caseworker may stand in. */
const NEEDED: readonly Role[] = ['SAKSBEHANDLER', 'LEDER'];
const REPLACEABLE: readonly Role[] = ['OPPFOLGING'];
/** Those without whom some stories are left out. */
const ALSO: readonly Role[] = ['ARKIVAR', 'KOMMUNEDIREKTOR', 'STATSFORVALTER'];

export interface Cast {
  readonly municipality: string;
  readonly tokens: Tokens;
}

const FILE = /^([A-Z]+)-(\d{4})\.jwt$/;
/** Of an authority, which has no municipality. */
const SUPERVISOR = /^(STATSFORVALTER|HELSETILSYN)\.jwt$/;

/**
 * Reads `<ROLE>-<municipality>.jwt` and, for supervisors, `<ROLE>.jwt`. Of several municipalities, the first that has every role that is needed.
 * @throws StartupError 64 when no municipality has them
 */
export async function readTokens(folder: string): Promise<Cast> {
  const names = await readdir(folder).catch(() => {
    throw new StartupError(
      EXIT.usage,
      `error: --token-dir ${folder} cannot be read. Example: --token-dir ./tokens`,
    );
  });
  const found = names.flatMap((name) => {
    const [, role, municipality] = FILE.exec(name) ?? [];
    return role === undefined || municipality === undefined ? [] : [{ name, role, municipality }];
  });
  const supervisors = names.flatMap((name) => {
    const [, role] = SUPERVISOR.exec(name) ?? [];
    return role === undefined ? [] : [{ name, role }];
  });
  const municipalities = [...new Set(found.map(({ municipality }) => municipality))].sort();
  const complete = municipalities.find((one) =>
    NEEDED.every((role) => found.some((file) => file.municipality === one && file.role === role)),
  );
  if (complete === undefined) {
    throw new StartupError(
      EXIT.usage,
      `error: --token-dir ${folder} has no municipality with ${NEEDED.join(' and ')}. ` +
        `Example: ${NEEDED[0] ?? ''}-3401.jwt and ${NEEDED[1] ?? ''}-3401.jwt`,
    );
  }
  const own = found.filter(({ municipality }) => municipality === complete);
  const tokens = await Promise.all(
    [...own, ...supervisors].map(
      async ({ name, role }) => [role as Role, (await readFile(join(folder, name), 'utf8')).trim()] as const,
    ),
  );
  return { municipality: complete, tokens: withStandIns(new Map(tokens)) };
}

function withStandIns(tokens: Map<Role, string>): Tokens {
  const caseworker = tokens.get('SAKSBEHANDLER') ?? '';
  return new Map([...REPLACEABLE.map((role) => [role, caseworker] as const), ...tokens]);
}

const MUNICIPALITY = '3401';
const ORGANISATION = '0192:999999999';
const AUTHORITY = '0192:888888888';
const AN_HOUR = 3600;

/** Tokens of a throw-away service, for one employee in each role. */
export async function mintTokens(issuer: DevelopmentIssuer): Promise<Cast> {
  const minted = [...NEEDED, ...REPLACEABLE, ...ALSO].map(async (role, index) => {
    const place = isSupervisor(role) ? { org: AUTHORITY } : { org: ORGANISATION, municipality: MUNICIPALITY };
    const claims = { sub: `ansatt-${101 + index}`, role, ...place, scope: 'forlop' };
    return [role, await issuer.mint(claims, AN_HOUR)] as const;
  });
  return { municipality: MUNICIPALITY, tokens: new Map(await Promise.all(minted)) };
}
