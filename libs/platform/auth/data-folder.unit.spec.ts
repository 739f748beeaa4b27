import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { createTokenVerifier } from './create-verifier.js';
import { DevelopmentIssuer } from './development-issuer.js';
import { OrganisationsFile } from './organisations.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forlop-auth-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const kidOf = async (issuer: DevelopmentIssuer) => decodeProtectedHeader(await issuer.mint(CLAIMS, 60)).kid;

const CLAIMS = { sub: 'kari.k', role: 'LEDER', org: '0192:910000001', municipality: '3401' } as const;

describe('the development issuer', () => {
  it('mints a token that the verifier of the same folder takes', async () => {
    const token = await (await DevelopmentIssuer.open(folder)).mint(CLAIMS, 60);
    const verifier = await createTokenVerifier({ dataDir: folder, issuer: { kind: 'development' } });
    expect(await verifier.verify(token)).toMatchObject({
      subjectId: 'kari.k',
      role: 'LEDER',
      municipality: '3401',
    });
  });

  it('keeps one key, for its owner only, also when two processes make it at once', async () => {
    const [one, other] = await Promise.all([DevelopmentIssuer.open(folder), DevelopmentIssuer.open(folder)]);
    const token = await one.mint(CLAIMS, 60);
    expect(await other.mint(CLAIMS, 60)).not.toBe(token);
    const verifier = await createTokenVerifier({ dataDir: folder, issuer: { kind: 'development' } });
    await expect(verifier.verify(token)).resolves.toMatchObject({ subjectId: 'kari.k' });
    await expect(verifier.verify(await other.mint(CLAIMS, 60))).resolves.toMatchObject({
      subjectId: 'kari.k',
    });
    expect((await stat(join(folder, 'development-issuer.json'))).mode & 0o777).toBe(0o600);
  });

  it('keeps the first of many keys that are made at once, and leaves nothing beside it', async () => {
    for (let round = 0; round < 10; round++) {
      const dataDir = join(folder, String(round));
      const issuers = await Promise.all(Array.from({ length: 8 }, () => DevelopmentIssuer.open(dataDir)));
      const [first, ...others] = await Promise.all(issuers.map((issuer) => kidOf(issuer)));
      expect(new Set(others)).toEqual(new Set([first]));
      expect(await readdir(dataDir)).toEqual(['development-issuer.json']);
    }
  });

  it('of another folder is a stranger', async () => {
    const other = await mkdtemp(join(tmpdir(), 'forlop-auth-'));
    const token = await (await DevelopmentIssuer.open(other)).mint(CLAIMS, 60);
    const verifier = await createTokenVerifier({ dataDir: folder, issuer: { kind: 'development' } });
    await expect(verifier.verify(token)).rejects.toMatchObject({ reason: 'signature' });
    await rm(other, { recursive: true });
  });
});

describe('the organisations file', () => {
  it('knows what another process added, without being opened anew', async () => {
    const ours = new OrganisationsFile(folder);
    expect(await ours.find('0192:910000001')).toBeUndefined();
    await new OrganisationsFile(folder).add('0192:910000001', { municipality: '3401' });
    expect(await ours.find('0192:910000001')).toEqual({ municipality: '3401' });
    await new OrganisationsFile(folder).add('0192:910000002', { municipality: '0301', district: '07' });
    expect(await ours.find('0192:910000002')).toEqual({ municipality: '0301', district: '07' });
    expect(JSON.parse(await readFile(join(folder, 'organisations.json'), 'utf8'))).toHaveProperty(
      '0192:910000001',
    );
  });

  it('that is no JSON is an error that names it', async () => {
    await writeFile(join(folder, 'organisations.json'), '{');
    await expect(new OrganisationsFile(folder).find('0192:910000001')).rejects.toThrow(/organisations\.json/);
  });
});
