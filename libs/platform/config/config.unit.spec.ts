import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EXIT, StartupError } from '../startup-error.js';
import { loadConfig } from './config.js';
import type { Environment } from './reader.js';

const OWN_DATABASE = {
  DATABASE_URL: 'postgres://service:secret-one@db.example/forlop',
  PROJECTOR_DATABASE_URL: 'postgres://projector:secret-two@db.example/forlop',
  KEYSTORE_URL: 'postgres://keys:secret-three@db.example/keys',
};
const OWN_ISSUER = {
  OIDC_ISSUER: 'https://issuer.example/',
  OIDC_AUDIENCE: 'forlop',
  OIDC_JWKS_URL: 'https://issuer.example/jwks',
};

function refusalOf(env: Environment): StartupError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof StartupError) return error;
  }
  throw new Error('the configuration was accepted');
}

describe('the configuration', () => {
  it('of an empty environment is an embedded database and a development issuer on loopback', () => {
    expect(loadConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve('.forlop'),
      database: { kind: 'embedded' },
      issuer: { kind: 'development' },
      masterKeyFile: undefined,
      logLevel: 'info',
    });
  });

  it('takes an own database with or without its owner', () => {
    const owner = 'postgres://owner:secret@db.example/forlop';
    expect(loadConfig(OWN_DATABASE).database).toMatchObject({ kind: 'external', ownerUrl: undefined });
    expect(loadConfig({ ...OWN_DATABASE, DATABASE_OWNER_URL: owner }).database).toMatchObject({
      ownerUrl: owner,
    });
  });

  it('counts an empty variable as one that is not set', () => {
    expect(loadConfig({ DATABASE_URL: '', PORT: ' ', LOG_LEVEL: '' })).toEqual(loadConfig({}));
  });

  it.each([
    ['PORT', { PORT: 'http' }, /PORT is "http", and must be a whole number.*Example: PORT=3000/],
    ['PORT', { PORT: '65536' }, /PORT is "65536"/],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }, /LOG_LEVEL is "loud".*Example: LOG_LEVEL=info/],
    [
      'DATABASE_URL',
      { ...OWN_DATABASE, DATABASE_URL: 'mysql://x@y/z' },
      /DATABASE_URL is no postgres:\/\/ URL/,
    ],
    ['DATABASE_URL', { ...OWN_DATABASE, DATABASE_URL: 'postgres://y/z' }, /DATABASE_URL names no role/],
    ['DATABASE_URL', { ...OWN_DATABASE, DATABASE_URL: 'postgres://x@y' }, /DATABASE_URL names no database/],
    ['KEYSTORE_URL', { ...OWN_DATABASE, KEYSTORE_URL: undefined }, /KEYSTORE_URL is missing/],
    [
      'EVENTSTORE_URL',
      { EVENTSTORE_URL: 'https://localhost' },
      /EVENTSTORE_URL is no esdb.*Example: EVENTSTORE_URL=esdb/,
    ],
    [
      'EVENTSTORE_PASSWORD_FILE',
      { EVENTSTORE_URL: 'esdb://localhost', EVENTSTORE_USERNAME: 'forlop' },
      /EVENTSTORE_PASSWORD_FILE is missing.*belong together.*Example/,
    ],
    [
      'EVENTSTORE_CA_FILE',
      { EVENTSTORE_CA_FILE: 'ca.pem' },
      /EVENTSTORE_CA_FILE is set without EVENTSTORE_URL/,
    ],
    ['OIDC_AUDIENCE', { ...OWN_ISSUER, OIDC_AUDIENCE: undefined }, /OIDC_AUDIENCE is missing/],
    ['OIDC_JWKS_URL', { ...OWN_ISSUER, OIDC_JWKS_URL: 'http://issuer.example' }, /OIDC_JWKS_URL is no https/],
  ])('names a wrong %s, what is wrong and an example', (_name, env, message) => {
    const refusal = refusalOf(env);
    expect(refusal.exitCode).toBe(EXIT.configuration);
    expect(refusal.message).toMatch(message);
  });

  it('lists everything that is wrong at once', () => {
    expect(refusalOf({ PORT: 'x', LOG_LEVEL: 'y' }).message.split('\n')).toHaveLength(2);
  });

  it('never shows a password', () => {
    const env = {
      ...OWN_DATABASE,
      PROJECTOR_DATABASE_URL: OWN_DATABASE.DATABASE_URL,
      KEYSTORE_URL: 'pg://k:secret-3@h/d',
    };
    expect(refusalOf(env).message).not.toMatch(/secret-/);
  });

  it('refuses one role for two purposes', () => {
    const shared = { ...OWN_DATABASE, PROJECTOR_DATABASE_URL: OWN_DATABASE.DATABASE_URL };
    expect(refusalOf(shared).message).toMatch(/PROJECTOR_DATABASE_URL names the same role/);
    expect(refusalOf({ ...OWN_DATABASE, DATABASE_OWNER_URL: OWN_DATABASE.DATABASE_URL }).message).toMatch(
      /DATABASE_OWNER_URL/,
    );
  });

  it('lets the development issuer serve loopback only, and never in production', () => {
    expect(refusalOf({ HOST: '0.0.0.0' }).message).toMatch(/HOST is 0\.0\.0\.0/);
    expect(refusalOf({ NODE_ENV: 'production' }).message).toMatch(/NODE_ENV=production/);
    expect(loadConfig({ ...OWN_ISSUER, HOST: '0.0.0.0', NODE_ENV: 'production' }).host).toBe('0.0.0.0');
  });
});
