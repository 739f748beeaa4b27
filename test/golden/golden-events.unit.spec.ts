import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { decode } from '#forlop/command-handling';
import { allEvents, checkShape, shapeFor, upcasting } from '#forlop/domain';
import type { EventDefinition } from '#forlop/domain';
import { eventHash } from '#forlop/event-store';
import { openerOf } from '#forlop/read-models';
import { make, read, sealer } from './golden.fixture.js';
import { sampleOf } from './sample.fixture.js';

/**
 * One stored event of every type and version, as it was written on its first day. A file is never edited: when one no
 * longer loads, what is stored in the world no longer loads either. Files that are missing are written by
 * `FORLOP_WRITE_GOLDEN=1 npm test -- golden`.
 */
const FOLDER = fileURLToPath(new URL('./events/', import.meta.url));

const fileOf = ({ type }: EventDefinition, version: number): string => `${FOLDER}${type}.v${version}.json`;

if (process.env['FORLOP_WRITE_GOLDEN'] === '1') {
  mkdirSync(FOLDER, { recursive: true });
  for (const definition of Object.values(allEvents)) {
    const file = fileOf(definition, definition.schemaVersion);
    if (existsSync(file)) continue;
    const opened = sampleOf(shapeFor(definition, sampleOf(definition.shape)));
    writeFileSync(file, `${JSON.stringify(await make(definition, opened), null, 2)}\n`);
  }
}

describe('the golden files of stored events', () => {
  it.each(Object.values(allEvents))('hold $type in every version that it ever had', (definition) => {
    const versions = Array.from({ length: definition.schemaVersion }, (_, index) => index + 1);
    expect(versions.filter((version) => !existsSync(fileOf(definition, version)))).toEqual([]);
  });

  it.each(readdirSync(FOLDER))('%s loads, opens and fits the definition of today', async (name) => {
    const { stored, opened } = read(`${FOLDER}${name}`);
    expect(eventHash(stored)).toBe(stored.hash);
    const [loaded] = await decode(sealer, [stored]);
    // As it was sealed, where its version is the present one; else what the chain makes of that.
    const now = upcasting.current(stored.type, stored.schemaVersion, opened);
    expect(loaded?.event.data).toEqual(now);
    expect(await openerOf(sealer).open([stored])).toEqual([now]);
    const definition = allEvents[stored.type] as EventDefinition;
    expect(checkShape(shapeFor(definition, now), now, 'whole')).toEqual([]);
  });
});
