import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Organisation } from './organisations.js';
import { TokenVerifier } from './token-verifier.js';
import { IssuerUnavailable, Unauthenticated } from './unauthenticated.js';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const seconds = NOW / 1000;
const ISSUER = 'https://issuer.example/';
const AUDIENCE = 'forlop';
const CLAIMS = {
  iss: ISSUER,
  aud: AUDIENCE,
  exp: seconds + 600,
  sub: 'kari.k',
  role: 'SAKSBEHANDLER',
  org: '0192:910000001',
  municipality: '3401',
  scope: 'forlop other',
};

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let pair: Pair;
let stranger: Pair;
let organisations: Record<string, Organisation> = {};

beforeAll(async () => {
  pair = await generateKeyPair('ES256', { extractable: true });
  stranger = await generateKeyPair('ES256');
});

async function sign(claims: JWTPayload, by: Pair = pair): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(by.privateKey);
}

async function verifier(now: () => number = () => NOW): Promise<TokenVerifier> {
  const keys = createLocalJWKSet({ keys: [await exportJWK(pair.publicKey)] });
  return new TokenVerifier({
    issuer: ISSUER,
    audience: AUDIENCE,
    keys,
    now,
    organisation: async (org) => organisations[org],
    personOf: async (pid, municipality) =>
      pid === '01810012345' && municipality === '3401' ? 'person-1' : undefined,
  });
}

async function refusal(token: string): Promise<string> {
  const error: unknown = await (await verifier()).verify(token).catch((thrown: unknown) => thrown);
  if (error instanceof Unauthenticated)
    return error.claim === undefined ? error.reason : `${error.reason} ${error.claim}`;
  throw new Error('the token was accepted');
}

describe('a token', () => {
  it('says who calls', async () => {
    expect(await (await verifier()).verify(await sign(CLAIMS))).toEqual({
      subjectId: 'kari.k',
      role: 'SAKSBEHANDLER',
      org: '0192:910000001',
      municipality: '3401',
      scope: ['forlop', 'other'],
    });
  });

  it.each([
    ['expired', { exp: seconds - 31 }],
    ['issuer', { iss: 'https://other.example/' }],
    ['audience', { aud: 'other' }],
    ['not-yet-valid', { nbf: seconds + 60 }],
    ['claims exp', { exp: undefined }],
    ['claims role', { role: 'KING' }],
    ['claims role', { role: 'saksbehandler' }],
    ['claims org', { org: '910000001' }],
    ['claims sub', { sub: undefined }],
    ['claims municipality', { municipality: '34' }],
    ['claims district', { district: 1 }],
    ['subject', { sub: '01810012345' }],
    ['subject', { sub: 'user 018100 12345' }],
    ['subject', { onBehalfOf: '01810012345' }],
  ])('is refused for its %s', async (expected, claims) => {
    expect(await refusal(await sign({ ...CLAIMS, ...claims } as JWTPayload))).toBe(expected);
  });

  it('is refused when another key signed it, or when it was changed', async () => {
    expect(await refusal(await sign(CLAIMS, stranger))).toBe('signature');
    const [header, , signature] = (await sign(CLAIMS)).split('.');
    const body = Buffer.from(JSON.stringify({ ...CLAIMS, role: 'LEDER' })).toString('base64url');
    expect(await refusal(`${header}.${body}.${signature}`)).toBe('signature');
  });

  it('is refused without a signature or with a secret that both sides know', async () => {
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(CLAIMS)).toString('base64url')}.`;
    expect(await refusal(unsigned)).toBe('algorithm');
    const shared = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
    expect(await refusal(shared)).toBe('algorithm');
    expect(await refusal('not.a.token')).toBe('malformed');
  });

  it('may be half a minute off', async () => {
    const late = await sign({ ...CLAIMS, exp: seconds - 29, nbf: seconds + 29 });
    await expect((await verifier()).verify(late)).resolves.toMatchObject({ subjectId: 'kari.k' });
  });

  it('is remembered, and forgotten when it expires', async () => {
    let now = NOW;
    const one = await verifier(() => now);
    const token = await sign(CLAIMS);
    await one.verify(token);
    now = (CLAIMS.exp + 29) * 1000;
    await expect(one.verify(token)).resolves.toMatchObject({ subjectId: 'kari.k' });
    now = (CLAIMS.exp + 31) * 1000;
    await expect(one.verify(token)).rejects.toMatchObject({ reason: 'expired' });
  });

  it('of an organisation gets its municipality, also one that is added after the token was first seen', async () => {
    const one = await verifier();
    const token = await sign({ ...CLAIMS, municipality: undefined });
    expect((await one.verify(token)).municipality).toBeUndefined();
    organisations = { '0192:910000001': { municipality: '0301', district: '07' } };
    expect(await one.verify(token)).toMatchObject({ municipality: '0301', district: '07' });
    organisations = {};
  });

  it('of a supervisory authority carries no municipality', async () => {
    const caller = await (
      await verifier()
    ).verify(await sign({ ...CLAIMS, role: 'HELSETILSYN', district: '01' }));
    expect(caller).not.toHaveProperty('municipality');
    expect(caller).not.toHaveProperty('district');
  });

  it('of a citizen has its identity number turned into the person, or is refused', async () => {
    const part = { ...CLAIMS, role: 'PART', sub: 'opaque' };
    const caller = await (await verifier()).verify(await sign({ ...part, pid: '01810012345' }));
    expect(caller.subjectId).toBe('person-1');
    expect(JSON.stringify(caller)).not.toContain('01810012345');
    expect(await refusal(await sign({ ...part, pid: '02810012345' }))).toBe('subject');
  });

  it('is asked for in the header', async () => {
    const one = await verifier();
    await expect(one.verifyHeader(undefined)).rejects.toMatchObject({ reason: 'missing' });
    await expect(one.verifyHeader('Basic abc')).rejects.toMatchObject({ reason: 'malformed' });
    await expect(one.verifyHeader(`bearer ${await sign(CLAIMS)}`)).resolves.toMatchObject({
      subjectId: 'kari.k',
    });
  });

  it('is neither accepted nor refused while the issuer gives no keys', async () => {
    const one = new TokenVerifier({
      issuer: ISSUER,
      audience: AUDIENCE,
      keys: () => Promise.reject(new TypeError('fetch failed')),
      now: () => NOW,
      organisation: async () => undefined,
    });
    await expect(one.verify(await sign(CLAIMS))).rejects.toBeInstanceOf(IssuerUnavailable);
  });
});
