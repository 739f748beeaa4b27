/** What a golden file is, and how it is made on the first day of its version. */
import { readFileSync } from 'node:fs';
import { ROLES, shapeFor } from '#forlop/domain';
import type { Envelope, EventDefinition, JsonObject } from '#forlop/domain';
import { eventHash } from '#forlop/event-store';
import type { StoredEvent } from '#forlop/event-store';
import { MasterKey, Sealer } from '#forlop/privacy';
import type { KeyStore } from '#forlop/privacy';

const SUBJECT = '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d01';

export interface Golden {
  readonly stored: StoredEvent;
  /** What the sealed event says, in its own version. */
  readonly opened: JsonObject;
}

/** One known key for one known subject: the files stay readable without a key store of their day. */
const knownKey: KeyStore = {
  ensureKeys: (subjects) =>
    Promise.resolve(new Map(subjects.map((subject) => [subject, Buffer.alloc(32, 1)]))),
  readKeys: (subjects) => Promise.resolve(new Map(subjects.map((subject) => [subject, Buffer.alloc(32, 1)]))),
  destroy: () => Promise.resolve({ deadRows: 0 }),
};
export const sealer = new Sealer(knownKey, new MasterKey(Buffer.alloc(32, 2)));

export const read = (file: string): Golden => JSON.parse(readFileSync(file, 'utf8')) as Golden;

/** The event with this data, stored as a program of that version stores it. */
export async function make(definition: EventDefinition, opened: Record<string, unknown>): Promise<object> {
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
