import { link, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import { configurationError } from '../startup-error.js';
import { writeAside } from '../write-aside.js';
import type { Caller } from './caller.js';

export const DEVELOPMENT_ISSUER = 'urn:forlop:development-issuer';
export const DEVELOPMENT_AUDIENCE = 'urn:forlop:api';

/** What a development token says, besides issuer and audience. */
export type TokenClaims = Omit<Caller, 'subjectId' | 'scope'> & {
  readonly sub: string;
  readonly scope?: string;
};

/**
 * Issues tokens for trying Forløp out on one machine. The key lies in the data folder (mode 600); `loadConfig` lets this
 * issuer be used only on loopback and never with NODE_ENV=production.
 */
export class DevelopmentIssuer {
  private constructor(
    private readonly privateKey: JWK,
    private readonly kid: string,
  ) {}

  /** Opens the issuer of a data folder, making its key when there is none. */
  static async open(dataDir: string): Promise<DevelopmentIssuer> {
    const path = join(dataDir, 'development-issuer.json');
    await mkdir(dataDir, { recursive: true });
    const key = (await readKey(path)) ?? (await makeKey(path));
    return new DevelopmentIssuer(key, await calculateJwkThumbprint(key));
  }

  /** The public key, as a key set. */
  keys(): JWTVerifyGetKey {
    const { kty, crv, x, y } = this.privateKey;
    return createLocalJWKSet({ keys: [{ kty, crv, x, y, kid: this.kid, alg: 'ES256', use: 'sig' } as JWK] });
  }

  /** @param ttl seconds that the token is valid */
  async mint(claims: TokenClaims, ttl: number): Promise<string> {
    const key = await importJWK(this.privateKey, 'ES256');
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: this.kid })
      .setIssuer(DEVELOPMENT_ISSUER)
      .setAudience(DEVELOPMENT_AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(`${ttl}s`)
      .sign(key);
  }
}

async function readKey(path: string): Promise<JWK | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as JWK;
  } catch {
    throw configurationError(`FORLOP_DATA_DIR: ${path} cannot be read as JSON; remove it to make a new key`);
  }
}

/**
 * Of two processes that make the key at once, one wins; the other takes what was made. Linked to its name and not
 * renamed, which would replace a key that tokens were made with.
 */
async function makeKey(path: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = await exportJWK(privateKey);
  const aside = await writeAside(path, JSON.stringify(key));
  try {
    await link(aside, path);
    return key;
  } catch (error) {
    const made = await readKey(path);
    if (made === undefined) throw error;
    return made;
  } finally {
    await rm(aside);
  }
}
