import { randomUUID } from 'node:crypto';
import type { EventStore } from '../port.js';
import { anEvent } from '../contract/support.fixture.js';

/** Spacing, escapes, two to four bytes a character: what a careless copy changes. */
const AWKWARD = ' {"b" : 1.0, "t":"\\u0000 \\" \\\\ {NULL}, \'x\' %s","å":"Æøå 漢 🧒", "a":null}\r\n\t';

/** What a service leaves in a store: cases that commands write to, some in two streams at once, and an access log. */
export async function aSmallWorld(store: EventStore, cases: number): Promise<{ commandIds: string[] }> {
  const commandIds: string[] = [];
  for (let turn = 0; turn < cases; turn += 1) {
    const stream = `childcase-${randomUUID()}`;
    const commandId = randomUUID();
    commandIds.push(commandId);
    await store.append(
      stream,
      [
        anEvent({ commandId, payload: AWKWARD }),
        anEvent(),
        anEvent({ schemaVersion: 3, type: 'Tiltak «Æ»' }),
      ],
      'noStream',
    );
    await store.append(`deadline-${randomUUID()}`, [anEvent({ commandId })], 'noStream');
    await store.append('accesslog-3401-2026-03-02', [anEvent(), anEvent()], 'any');
    const next = randomUUID();
    commandIds.push(next);
    await store.append(stream, [anEvent({ commandId: next, metadata: AWKWARD }), anEvent()], 2);
    await store.append(stream, [anEvent()], 4);
  }
  return { commandIds };
}
