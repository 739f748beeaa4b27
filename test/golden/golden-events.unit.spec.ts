import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { decode } from '#forlop/command-handling';
import { allEvents, checkShape, ROLES, shapeFor } from '#forlop/domain';
import type { Envelope, EventDefinition } from '#forlop/domain';
import { eventHash } from '#forlop/event-store';
import type { StoredEvent } from '#forlop/event-store';
import { MasterKey, Sealer } from '#forlop/privacy';
import type { KeyStore } from '#forlop/privacy';
import { sampleOf } from './sample.fixture.js';

/**
 * One stored event of every type and version, as it was written on its first day. A file is never edited: when one no
 * longer loads, what is stored in the world no longer loads either. Files that are missing are written by
 * `FORLOP_WRITE_GOLDEN=1 npm test -- golden`.
 */
const FOLDER = fileURLToPath(new URL('./events/', import.meta.url));
const SUBJECT = '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d01';

interface Golden {
  readonly stored: StoredEvent;
  /** What the sealed event says, for comparison. */
  readonly opened: Record<string, unknown>;
}

/** One known key for one known subject: the files stay readable without a key store of their day. */
const knownKey: KeyStore = {
  ensureKeys: (subjects) =>
    Promise.resolve(new Map(subjects.map((subject) => [subject, Buffer.alloc(32, 1)]))),
  readKeys: (subjects) => Promise.resolve(new Map(subjects.map((subject) => [subject, Buffer.alloc(32, 1)]))),
  destroy: () => Promise.resolve({ deadRows: 0 }),
};
const sealer = new Sealer(knownKey, new MasterKey(Buffer.alloc(32, 2)));

const fileOf = ({ type, schemaVersion }: EventDefinition): string =>
  `${FOLDER}${type}.v${schemaVersion}.json`;
const read = (file: string): Golden => JSON.parse(readFileSync(file, 'utf8')) as Golden;

if (process.env['FORLOP_WRITE_GOLDEN'] === '1') {
  mkdirSync(FOLDER, { recursive: true });
  for (const definition of Object.values(allEvents)) {
    if (!existsSync(fileOf(definition))) {
      writeFileSync(fileOf(definition), `${JSON.stringify(await make(definition), null, 2)}\n`);
    }
  }
}

describe('the golden files of stored events', () => {
  it.each(Object.values(allEvents))('hold $type in its present version', (definition) => {
    expect(existsSync(fileOf(definition))).toBe(true);
  });

  it.each(readdirSync(FOLDER))('%s loads, opens and fits its definition', async (name) => {
    const { stored, opened } = read(`${FOLDER}${name}`);
    expect(eventHash(stored)).toBe(stored.hash);
    const [loaded] = await decode(sealer, [stored]);
    expect(loaded?.event.data).toEqual(opened);
    const definition = allEvents[stored.type] as EventDefinition;
    expect(checkShape(shapeFor(definition, opened), opened, 'whole')).toEqual([]);
  });
});

async function make(definition: EventDefinition): Promise<Golden> {
  const opened = sampleOf(shapeFor(definition, sampleOf(definition.shape)));
  const envelope = envelopeOf(definition);
  const { eventId, type, schemaVersion } = envelope;
  const [payload = ''] = await sealer.sealEvents([
    { eventId, type, schemaVersion, subject: SUBJECT, shape: shapeFor(definition, opened), data: opened },
  ]);
  const event = { eventId, type, schemaVersion, payload, metadata: JSON.stringify(envelope) };
  const place = { streamId: envelope.streamId, revision: 0, position: `pg:${'1'.padStart(20, '0')}` };
  return {
    stored: { ...place, ...event, hash: eventHash(event), recordedAt: '2026-03-02T08:30:00.000Z' },
    opened,
  };
}

function envelopeOf(definition: EventDefinition): Envelope {
  return {
    eventId: 'a3b1c0de-0001-4000-8000-000000000001',
    streamId: `${definition.aggregate}-${SUBJECT}`,
    type: definition.type,
    schemaVersion: definition.schemaVersion,
    occurredAt: '2026-03-02T00:00:00+01:00',
    actor: { subjectId: 'ansatt-1', role: ROLES[0], orgNumber: '0192:999999999' },
    municipalityNumber: '3403',
    legalBasis: definition.law,
    correlationId: 'a3b1c0de-0001-4000-8000-000000000002',
    causationId: 'a3b1c0de-0001-4000-8000-000000000003',
    commandId: 'a3b1c0de-0001-4000-8000-000000000004',
    rulesetVersion: 'BVL2021-2026',
    protection: 'UGRADERT',
    journalRelevant: definition.journalRelevant,
    flags: [],
  };
}
