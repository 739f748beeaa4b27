import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRecord } from '../kernel/check.js';
import type { Json } from '../kernel/personal.js';
import { canonicalJson } from './canonical-json.js';
import type { AccessRequestCommand } from './commands.js';
import { innsynPackage, type PackageInput } from './package.js';
import { redacted } from './redaction.js';
import { entries, entryId, journaled } from './test/entries.fixture.js';
import {
  asked,
  askedByChild,
  command,
  DANGER,
  decided,
  document,
  fully,
  IDS,
  INVESTIGATION,
  refused,
  stateAfter,
  UNDER_15,
} from './test/request.fixture.js';

const ASOF = { storeId: 'pg-1', position: 'pg:00000000000000000004' };
const KNOWN_TO_CHILD = document({ confidential: false });
const ALL = { proposed: [] };

const packed = (commands: readonly AccessRequestCommand[], changes: Partial<PackageInput> = {}) =>
  innsynPackage({
    request: stateAfter(commands),
    entries: entries(),
    asOf: ASOF,
    under15: false,
    ...changes,
  });
const items = (manifest: ReturnType<typeof packed>): readonly Record<string, unknown>[] => {
  const list = manifest['entries'];
  return Array.isArray(list) ? (list as readonly unknown[]).filter(isRecord) : [];
};

/** One of each: in full, in part, refused, and the document in full. */
const mixed = [
  asked(),
  command('AssessInnsynDocument', {
    documentId: entryId(1),
    redactions: ['/reporters', 'og navnet på melderen'],
    exemption: { law: 'FVL1967', section: '19', paragraph: 2, letter: 'b' },
  }),
  fully({ documentId: entryId(2) }),
  refused(DANGER, { documentId: entryId(3), reason: 'Far kan bli farlig' }),
  fully(),
];
const answered = [
  ...mixed,
  decided('DELVIS', [DANGER, { law: 'FVL1967', section: '19', paragraph: 2, letter: 'b' }], ALL),
];

describe('the package', () => {
  it('lists every entry with its position and hash, seen or not', () => {
    const manifest = packed(answered);
    expect(
      items(manifest).map(({ number, position, hash, result }) => [number, position, hash, result]),
    ).toEqual(
      entries().map(({ position, hash }, index) => [
        index + 1,
        position,
        hash,
        ['DELVIS', 'FULL', 'NEKTET', 'FULL'][index],
      ]),
    );
    expect(manifest).toMatchObject({ asOf: ASOF, decision: { outcome: 'DELVIS', decidedOn: '2026-04-08' } });
  });

  it('shows what the party may see, and hides what it may not', () => {
    const text = canonicalJson(packed(answered));
    for (const seen of ['Naboen hører roping', 'Barnet vil ha ro', 'Mottaker av brevet'])
      expect(text).toContain(seen);
    for (const hidden of ['Nabo i første', 'Morgenene svikter', 'navnet på melderen', 'Far kan bli farlig'])
      expect(text).not.toContain(hidden);
  });

  it('shows nothing that was corrected after it was assessed, and marks what was retracted', () => {
    const [, ...rest] = entries();
    const [first] = entries();
    if (first === undefined) throw new Error('No entry.');
    const changed = { ...first, corrections: [entryId(4)], retracted: true };
    const [item] = items(packed(answered, { entries: [changed, ...rest] }));
    expect(item).toMatchObject({ result: 'IKKE_AVGJORT', retracted: true });
    expect(item).not.toHaveProperty('content');
  });

  it('says of what is withheld on which ground, and whether a representative may know it', () => {
    const [partly, , refusedEntry] = items(packed(answered));
    expect(partly).toMatchObject({
      content: { reporters: '[unntatt]' },
      withheld: {
        ground: {
          section: '19',
          paragraph: 2,
          letter: 'b',
          text: 'forvaltningsloven § 19 andre ledd bokstav b',
        },
        fields: ['/reporters'],
        representative: false,
      },
    });
    expect(refusedEntry).toMatchObject({
      withheld: { ground: { text: 'barnevernsloven § 12-6 andre ledd', letter: null }, representative: true },
    });
    expect(refusedEntry).not.toHaveProperty('content');
  });

  it('cites a document by its place in the archive and its hash, unless it is refused', () => {
    const archive = { reference: '2026/00042-7', sha256: 'cd'.repeat(32) };
    expect(items(packed(answered))[3]).toMatchObject({ archive });
    const nothing = packed([asked(), refused(), decided('NEKTET', [DANGER])]);
    expect(items(nothing)[3]).not.toHaveProperty('archive');
    expect(canonicalJson(nothing)).not.toMatch(/2026\/00042|cdcd/);
    const bare = packed([asked(), fully(), decided('FULL')], { entries: [journaled(1, { noark: {} })] });
    expect(items(bare)[0]).toMatchObject({ archive: { sha256: archive.sha256 } });
  });

  it('shows nothing before it is decided, nor what nobody has assessed', () => {
    const results = (commands: readonly AccessRequestCommand[]) =>
      items(packed(commands)).map(({ result, content, withheld }) => [result, content, withheld]);
    const nothing = ['IKKE_AVGJORT', undefined, undefined];
    expect(results(mixed)).toEqual([nothing, nothing, nothing, nothing]);
    expect(packed(mixed)).not.toHaveProperty('decision');
    expect(results([asked(), fully(), decided('FULL')]).slice(0, 3)).toEqual([nothing, nothing, nothing]);
  });

  it('says which refusals end with an investigation', () => {
    const openInvestigationId = IDS.investigation;
    const manifest = packed([
      asked(),
      refused(INVESTIGATION, { document: document({ openInvestigationId }) }),
      decided('NEKTET', [INVESTIGATION]),
    ]);
    expect(items(manifest)[3]).toMatchObject({
      withheld: { untilInvestigationEnds: true, representative: false },
    });
  });

  it('shows a child under 15 nothing confidential, whatever was assessed (57)', () => {
    const grownUp = [
      askedByChild(15),
      fully({ requesterAge: 15 }),
      fully({ documentId: entryId(2), requesterAge: 15, document: KNOWN_TO_CHILD }),
      decided('FULL', undefined, ALL),
    ];
    const [, own, , letter] = items(packed(grownUp, { under15: true }));
    expect(own).toMatchObject({ result: 'FULL', content: { opinion: 'Barnet vil ha ro' } });
    expect(letter).toMatchObject({ result: 'NEKTET', withheld: { ground: UNDER_15, representative: false } });
    expect(items(packed(grownUp))[3]).toMatchObject({ result: 'FULL' });
  });

  it('does not change when it is delivered', () => {
    expect(canonicalJson(packed([...answered, command('DeliverInnsyn')]))).toBe(
      canonicalJson(packed(answered)),
    );
  });
});

describe('the same input', () => {
  const shuffledKeys = (value: Json, reverse: boolean): Json => {
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => shuffledKeys(item, reverse));
    if (!isRecord(value)) return value;
    const keys = Object.entries(value).map(([key, item]) => [key, shuffledKeys(item, reverse)] as const);
    return Object.fromEntries(reverse ? keys.reverse() : keys);
  };
  const assessments = mixed.slice(1);

  it('gives byte for byte the same package, in whatever order it comes', () => {
    const expected = canonicalJson(packed(answered));
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...entries()], { minLength: entries().length }),
        fc.shuffledSubarray([...assessments], { minLength: assessments.length }),
        fc.boolean(),
        (shuffled, assessed, reverse) => {
          const disordered = shuffled.map((item) => {
            const data = shuffledKeys(item.data, reverse);
            return isRecord(data) ? { ...item, data: data } : item;
          });
          const commands = [asked(), ...assessed, ...answered.slice(-1)];
          const manifest = packed(commands, { entries: disordered });
          expect(canonicalJson(manifest)).toBe(expected);
          expect(JSON.stringify(manifest)).toBe(expected);
        },
      ),
    );
  });

  it('is one text for one value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(canonicalJson(shuffledKeys(json, true))).toBe(canonicalJson(json));
        expect(JSON.parse(canonicalJson(json))).toEqual(json);
      }),
    );
  });
});

describe('a redaction', () => {
  const data = { a: { b: ['x', 'y'], 'c/d': 'z' }, e: 1 };

  it('hides the fields that it names, at any depth', () => {
    expect(redacted(data, ['/a/b/1', '/a/c~1d'])).toEqual({
      a: { b: ['x', '[unntatt]'], 'c/d': '[unntatt]' },
      e: 1,
    });
    expect(redacted(data, ['/a', '/a/b'])).toEqual({ a: '[unntatt]', e: 1 });
  });

  it.each([
    [[]],
    [['side 2']],
    [['/f']],
    [['/a/b/2']],
    [['/a/b/-']],
    [['/e/x']],
    [['/e', '/eller']],
    [['/__proto__']],
  ])('that names no field there is shows nothing: %j', (redactions) => {
    expect(redacted(data, redactions)).toBeUndefined();
  });
});
