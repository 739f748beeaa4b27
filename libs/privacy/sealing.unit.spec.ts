import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { date, id, integer, list, optional, record, sealedDate, text } from '#forlop/domain';
import { KeyMissing, SealBroken, SubjectShredded } from './errors.js';
import { MasterKey } from './master-key.js';
import { MemoryKeyStore } from './memory-key-store.js';
import { Sealer, type EventToSeal } from './sealing.js';

const SHAPE = {
  on: date(),
  week: optional(integer(1, 53)),
  birth: optional(sealedDate()),
  note: text(),
  tags: list(text()),
  people: list(record({ personRef: id(), name: record({ first: text(), last: text() }) })),
};
const PLAIN_SHAPE = { on: date(), refs: list(id()) };
const CHILD = '6f3b7a52-0c1e-4b6f-8a21-0d5f3c9e1a77';
const SIBLING = 'a1c1d9e4-52f0-4c44-9b0e-5f8a7e3d2c11';

const texts = fc.string({ unit: 'binary', maxLength: 60 });
const facts = fc.record(
  {
    people: fc.array(fc.record({ name: fc.record({ last: texts, first: texts }), personRef: fc.uuid() }), {
      maxLength: 4,
    }),
    note: texts,
    week: fc.integer({ min: 1, max: 53 }),
    birth: fc.constantFrom('2012-02-29', '2019-07-01'),
    tags: fc.array(texts, { maxLength: 4 }),
    on: fc.constantFrom('2026-01-14', '2025-12-31'),
  },
  { requiredKeys: ['people', 'note', 'tags', 'on'] },
);
const fact = {
  on: '2026-01-14',
  note: 'Skolen er bekymret',
  tags: ['uro', 'fravær'],
  people: [{ personRef: SIBLING, name: { first: 'Ola', last: 'Nordmann' } }],
};

let keys: MemoryKeyStore;
let sealer: Sealer;
beforeEach(() => {
  keys = new MemoryKeyStore();
  sealer = new Sealer(keys, new MasterKey(randomBytes(32)));
});

const noted = (data: object, subject = CHILD): EventToSeal => ({
  eventId: randomUUID(),
  type: 'ThingNoted',
  schemaVersion: 1,
  subject,
  shape: SHAPE,
  data,
});

async function sealOne(event: EventToSeal) {
  const [payload = ''] = await sealer.sealEvents([event]);
  return { eventId: event.eventId, type: event.type, schemaVersion: event.schemaVersion, payload };
}

describe('Sealed events', () => {
  it('open to what was sealed, in the same order of fields', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { maxLength: 5 }), async (data) => {
        const events = data.map((each, index) => noted(each, index % 2 ? SIBLING : CHILD));
        const payloads = await sealer.sealEvents(events);
        const opened = await sealer.openPayloads(
          events.map((event, index) => ({ ...event, payload: payloads[index] ?? '' })),
        );
        expect(JSON.stringify(opened)).toBe(JSON.stringify(data));
      }),
    );
  });

  it('hold dates, numbers and references in clear and nothing personal', async () => {
    const { payload } = await sealOne(noted({ ...fact, week: 3, birth: '2019-07-01' }));
    expect(JSON.parse(payload)).toEqual({
      data: {
        on: '2026-01-14',
        note: null,
        tags: [null, null],
        people: [{ personRef: SIBLING, name: { first: null, last: null } }],
        week: 3,
        birth: null,
      },
      sealed: [{ subject: CHILD, blob: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) }],
    });
  });

  it('are the same bytes but for the blob when they are sealed again', async () => {
    const event = noted(fact);
    const [first, again] = [await sealOne(event), await sealOne(event)];
    const withoutBlob = (payload: string) => payload.replace(/"blob":"[^"]*"/, '');
    expect(first.payload).not.toBe(again.payload);
    expect(withoutBlob(first.payload)).toBe(withoutBlob(again.payload));
    expect(JSON.stringify(JSON.parse(first.payload))).toBe(first.payload);
  });

  it('without personal fields need no subject and make no key', async () => {
    const event = { eventId: randomUUID(), type: 'Plain', schemaVersion: 1, shape: PLAIN_SHAPE };
    const sealed = await sealOne({ ...event, subject: CHILD, data: { on: '2026-01-14', refs: [] } });
    expect(sealed.payload).toBe('{"data":{"on":"2026-01-14","refs":[]},"sealed":[]}');
    expect(await sealer.openPayloads([sealed])).toEqual([{ on: '2026-01-14', refs: [] }]);
    expect(await keys.readKeys([CHILD])).toEqual(new Map());
  });

  it('are refused when personal fields have nobody to seal them for', async () => {
    const { eventId, type, schemaVersion, shape, data } = noted(fact);
    await expect(sealer.sealEvents([{ eventId, type, schemaVersion, shape, data }])).rejects.toThrow(
      "nobody's key",
    );
  });

  it.each([
    ['a field that the shape does not know', { ...fact, extra: 'Ola Nordmann' }],
    [
      'a text in the place of a reference',
      { ...fact, people: [{ ...fact.people[0], personRef: 'Ola Nordmann' }] },
    ],
    ['a text in the place of a date', { ...fact, on: 'Ola Nordmann' }],
  ])('are refused with %s, and the refusal does not repeat it', async (_, data) => {
    const refusal = await sealer.sealEvents([noted(data)]).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'UnsealedField' });
    expect(String(refusal)).not.toContain('Ola');
  });
});

describe('A sealed blob', () => {
  it.each([
    ['event', { eventId: randomUUID() }],
    ['type', { type: 'ThingForgotten' }],
    ['version', { schemaVersion: 2 }],
  ])('does not open at another %s', async (_, moved) => {
    const sealed = await sealOne(noted(fact));
    expect(await sealer.openPayloads([sealed])).toEqual([fact]);
    await expect(sealer.openPayloads([{ ...sealed, ...moved }])).rejects.toThrow(SealBroken);
  });

  it('does not open for another subject, with a key of their own or none', async () => {
    const sealed = await sealOne(noted(fact));
    const moved = {
      ...sealed,
      payload: sealed.payload.replace(`"subject":"${CHILD}"`, `"subject":"${SIBLING}"`),
    };
    await expect(sealer.openPayloads([moved])).rejects.toThrow(KeyMissing);
    await keys.ensureKeys([SIBLING]);
    await expect(sealer.openPayloads([moved])).rejects.toThrow(SealBroken);
  });

  it('does not open in the payload of another event of the same person', async () => {
    const [first, second] = [await sealOne(noted(fact)), await sealOne(noted({ ...fact, note: 'Ro' }))];
    await expect(sealer.openPayloads([{ ...first, payload: second.payload }])).rejects.toThrow(SealBroken);
  });

  it('does not open in clear parts with a place more or less', async () => {
    const sealed = await sealOne(noted(fact));
    for (const payload of [
      sealed.payload.replace('"note":null', '"note":null,"more":null'),
      sealed.payload.replace('"note":null,', ''),
      sealed.payload.replace(/"sealed":\[.*\]/, '"sealed":[]'),
    ]) {
      expect(payload).not.toBe(sealed.payload);
      await expect(sealer.openPayloads([{ ...sealed, payload }])).rejects.toThrow(SealBroken);
    }
  });

  it('changed in any byte is an error that holds nothing of the payload', async () => {
    const sealed = await sealOne(noted(fact));
    const blob = /"blob":"([^"]*)"/.exec(sealed.payload)?.[1] ?? '';
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(blob, 'base64');
        bytes.writeUInt8(bytes.readUInt8(at % bytes.length) ^ change, at % bytes.length);
        const payload = sealed.payload.replace(blob, bytes.toString('base64'));
        const error = await sealer.openPayloads([{ ...sealed, payload }]).catch((each: unknown) => each);
        expect(error).toMatchObject({ name: 'SealBroken', eventId: sealed.eventId });
      }),
    );
  });

  it.each([
    '',
    'Ola Nordmann',
    '[]',
    '{"data":{}}',
    '{"data":null,"sealed":[]}',
    '{"data":{},"sealed":["Ola Nordmann"]}',
  ])('is not looked for in «%s», which no event was stored as', async (payload) => {
    const error = await sealer
      .openPayloads([{ eventId: CHILD, type: 'ThingNoted', schemaVersion: 1, payload }])
      .catch((each: unknown) => each);
    expect(error).toBeInstanceOf(SealBroken);
    expect(String(error)).not.toContain('Ola');
  });
});

describe('A shredded subject', () => {
  it('reads as [slettet] in every place, beside others who read as before', async () => {
    const [erased, kept] = [await sealOne(noted(fact)), await sealOne(noted(fact, SIBLING))];
    await keys.destroy(CHILD);
    expect(await sealer.openPayloads([erased, kept])).toEqual([
      {
        on: '2026-01-14',
        note: '[slettet]',
        tags: ['[slettet]', '[slettet]'],
        people: [{ personRef: SIBLING, name: { first: '[slettet]', last: '[slettet]' } }],
      },
      fact,
    ]);
  });

  it('takes no more personal fields, and a list that holds any is refused as a whole', async () => {
    await keys.destroy(CHILD);
    const refusal = sealer.sealEvents([noted(fact, SIBLING), noted(fact)]);
    await expect(refusal).rejects.toThrow(SubjectShredded);
    await expect(refusal).rejects.toMatchObject({ subject: CHILD });
  });

  it('takes events without personal fields, such as the one that records the shredding', async () => {
    await keys.destroy(CHILD);
    const event = {
      eventId: randomUUID(),
      type: 'Plain',
      schemaVersion: 1,
      subject: CHILD,
      shape: PLAIN_SHAPE,
    };
    const sealed = await sealOne({ ...event, data: { on: '2026-01-14', refs: [CHILD] } });
    expect(await sealer.openPayloads([sealed])).toEqual([{ on: '2026-01-14', refs: [CHILD] }]);
  });
});
