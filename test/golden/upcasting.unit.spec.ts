import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { clearDataIn, decode } from '#forlop/command-handling';
import { checkShape, ERASED, UnknownEventVersion } from '#forlop/domain';
import { eventHash } from '#forlop/event-store';
import type { StoredEvent } from '#forlop/event-store';
import { MasterKey, Sealer } from '#forlop/privacy';
import { defineProjection } from '#forlop/projections';
import type { ProjectedEvent } from '#forlop/projections';
import { openerOf, projections, upcasted } from '#forlop/read-models';
import { make, read, sealer } from './golden.fixture.js';
import { NoteWritten, notes, versions } from './upcasters/note-written.fixture.js';

const fileOf = (version: number): string =>
  fileURLToPath(new URL(`./upcasters/NoteWritten.v${version}.json`, import.meta.url));

const OPENED: Readonly<Record<number, Record<string, unknown>>> = {
  1: { on: '2026-03-02', note: 'Ringte skolen.', by: { name: 'Testine Eksempel' } },
  2: { on: '2026-03-02', text: 'Ringte skolen.', author: 'Testine Eksempel' },
  3: { on: '2026-03-02', text: 'Ringte skolen.', author: 'Testine Eksempel', kind: 'CASE' },
};
const NOW = OPENED[3];

if (process.env['FORLOP_WRITE_GOLDEN'] === '1') {
  for (const version of versions.filter(({ schemaVersion }) => !existsSync(fileOf(schemaVersion)))) {
    const golden = await make(version, OPENED[version.schemaVersion] ?? {});
    writeFileSync(fileOf(version.schemaVersion), `${JSON.stringify(golden, null, 2)}\n`);
  }
}

const projected = (stored: StoredEvent): ProjectedEvent => ({
  ...stored,
  envelope: JSON.parse(stored.metadata) as ProjectedEvent['envelope'],
  data: (JSON.parse(stored.payload) as { data: ProjectedEvent['data'] }).data,
});

/** A projection that shows what it is given, and one that is given whole streams. */
function shown(event: ProjectedEvent, restated: boolean): ProjectedEvent | undefined {
  let seen: ProjectedEvent | undefined;
  const projection = upcasted(
    defineProjection({
      name: 'notes',
      version: 1,
      tables: [],
      streams: ['childcase-'],
      project: (given) => {
        seen = given;
        return [];
      },
      restating: {
        on: [],
        column: 'case_id',
        keyOf: (id) => id,
        restate: (given) => given.map((each) => ({ ...each })),
      },
    }),
    notes,
  );
  const given = restated ? projection.restating?.restate([event]) : [event];
  given?.forEach(projection.project);
  return seen;
}

describe.each([1, 2, 3])('an event that is stored in version %i of three', (version) => {
  const { stored } = read(fileOf(version));

  it('is what was written on its first day', () => {
    expect(eventHash(stored)).toBe(stored.hash);
    expect(stored.schemaVersion).toBe(version);
  });

  it('comes to deciders as the third, opened as what was sealed', async () => {
    const [event] = await decode(sealer, [stored], notes);
    expect(event?.event.data).toEqual(NOW);
    expect(event?.envelope.schemaVersion).toBe(version);
    expect(checkShape(NoteWritten.shape, event?.event.data, 'whole')).toEqual([]);
  });

  it('is shown as the third when it is opened at read time', async () => {
    expect(await openerOf(sealer, notes).open([stored])).toEqual([NOW]);
  });

  it.each([false, true])(
    'is projected as the third, once, also in a stream that is made anew: %s',
    (restated) => {
      const seen = shown(projected(stored), restated);
      expect(seen?.data).toEqual({ on: '2026-03-02', text: null, author: null, kind: 'CASE' });
      expect(clearDataIn(stored, notes)).toEqual(seen?.data);
      // What is kept to be opened later is what is stored.
      expect(seen).toMatchObject({ schemaVersion: version, payload: stored.payload });
    },
  );

  it('says that its texts are deleted where the key is', async () => {
    const destroyed = new Map<string, 'destroyed'>([['6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d01', 'destroyed']]);
    const keys = {
      ensureKeys: async () => destroyed,
      readKeys: async () => destroyed,
      destroy: async () => ({ deadRows: 0 }),
    };
    const [data] = await openerOf(new Sealer(keys, new MasterKey(Buffer.alloc(32, 2))), notes).open([stored]);
    expect(data).toEqual({ on: '2026-03-02', text: ERASED, author: ERASED, kind: 'CASE' });
  });
});

describe('an event of a newer program', () => {
  const { stored } = read(fileOf(3));
  const older = {
    ...notes,
    current: () => {
      throw new UnknownEventVersion('NoteWritten', 3, 2);
    },
  };

  it('is refused by deciders and readers, never misread', async () => {
    await expect(decode(sealer, [stored], older)).rejects.toThrow(UnknownEventVersion);
    await expect(openerOf(sealer, older).open([stored])).rejects.toThrow(UnknownEventVersion);
  });

  it.each(projections.map((projection) => [projection.name, projection] as const))(
    'is not projected by %s',
    (_, { project, streams }) => {
      const event = {
        ...projected(stored),
        type: 'DocumentJournaled',
        schemaVersion: 2,
        streamId: `${streams[0] ?? ''}x`,
      };
      expect(() => project(event)).toThrow(UnknownEventVersion);
    },
  );
});
