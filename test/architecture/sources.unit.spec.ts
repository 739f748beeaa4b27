import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

async function sourcesIn(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path): Promise<[string, string]> => [path, await readFile(path, 'utf8')]),
  );
}

describe('what code may not do', () => {
  it('read models and projections never decide', async () => {
    const sources = [...(await sourcesIn('libs/read-models')), ...(await sourcesIn('libs/projections'))];
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter(([, text]) => /\bdecide\b/.test(text)).map(([path]) => path)).toEqual([]);
  });

  it('the domain knows no clock and no chance', async () => {
    const sources = await sourcesIn('libs/domain');
    const impure = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b|\bperformance\.now\b/;
    expect(sources.filter(([, text]) => impure.test(text)).map(([path]) => path)).toEqual([]);
  });

  it('only apps bind adapters to ports', async () => {
    const binding =
      /\bopenPostgresEventStore\(|\bnew (MemoryEventStore|PostgresKeyStore|PostgresBlindIndex)\(/;
    const sources = (await sourcesIn('libs')).filter(
      ([path]) => !/^libs\/(event-store|privacy)\//.test(path),
    );
    expect(sources.filter(([, text]) => binding.test(text)).map(([path]) => path)).toEqual([]);
  });

  it('the event bus of Nest, which keeps nothing and swallows errors, is not used', async () => {
    const sources = [...(await sourcesIn('libs')), ...(await sourcesIn('apps'))];
    const durable = /\b(EventBus|EventPublisher|EventsHandler|AggregateRoot|Saga)\b/;
    expect(sources.filter(([, text]) => durable.test(text)).map(([path]) => path)).toEqual([]);
  });

  it('the SDK of OpenTelemetry is loaded only when it is asked for: imported for its types, or where it is started', async () => {
    const sources = [...(await sourcesIn('libs')), ...(await sourcesIn('apps'))];
    const knowing = sources.filter(([, text]) => /@opentelemetry\/(?!api')/.test(text));
    expect(knowing.map(([path]) => path)).toContain('libs/platform/telemetry/sdk.ts');
    const loading = /^(?:import (?!type )|export )[^;(]*'@opentelemetry\/(?!api')/m;
    expect(knowing.filter(([, text]) => loading.test(text)).map(([path]) => path)).toEqual([]);
  });

  it('an index.ts stands only at the root of a lib', async () => {
    const all = [...(await sourcesIn('libs')), ...(await sourcesIn('apps'))].map(([path]) => path);
    const indexes = all.filter((path) => path.endsWith('/index.ts'));
    expect(indexes.filter((path) => !/^libs\/[^/]+\/index\.ts$/.test(path))).toEqual([]);
  });

  it('no file is longer than 300 lines', async () => {
    const sources = [
      ...(await sourcesIn('libs')),
      ...(await sourcesIn('apps')),
      ...(await sourcesIn('bench/harness')),
      ...(await sourcesIn('bench/benches')),
      ...(await sourcesIn('bench/contestants')),
      ...(await sourcesIn('bench/page')),
    ];
    const long = sources.filter(([, text]) => text.trimEnd().split('\n').length > 300);
    expect(long.map(([path]) => path)).toEqual([]);
  });

  it('no rule of linter or compiler is switched off', async () => {
    const sources = [
      ...(await sourcesIn('libs')),
      ...(await sourcesIn('apps')),
      ...(await sourcesIn('test')),
    ];
    const loose = /eslint-disable|@ts-(ignore|nocheck|expect-error)/;
    const own = (path: string) => path.startsWith('test/architecture/');
    expect(sources.filter(([path, text]) => !own(path) && loose.test(text)).map(([path]) => path)).toEqual(
      [],
    );
  });
});
