import { describe, expect, it } from '@jest/globals';
import { bodyOf, checkBody } from '../kernel/body.js';
import { checkShape } from '../kernel/check.js';
import { fold } from '../kernel/decider.js';
import type { CommandDefinition } from '../kernel/definition.js';
import { RuleBroken, type Slug } from '../kernel/errors.js';
import { assertSealed, separate } from '../kernel/personal.js';
import { supervisionCommands, type SupervisionCommand } from './commands.js';
import { supervisionEvents, type SupervisionEvent } from './events.js';
import { supervision } from './supervision.js';
import { command, IDS, play } from './test/supervision.fixture.js';

const opened = (changes: object = {}, by = {}) => command('OpenSupervision', changes, by);
const replayed = (changes: object = {}, by = {}) => command('RecordReplay', changes, by);
const closed = (changes: object = {}, by = {}) => command('CloseSupervision', changes, by);

function expectBroken(commands: readonly SupervisionCommand[], slug: Slug, rule?: string): void {
  play(commands.slice(0, -1));
  try {
    play(commands);
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    expect({ slug: error.slug, rule: error.rule }).toEqual({ slug, rule });
    expect(error.losning).not.toBe('');
    return;
  }
  throw new Error('The command was accepted');
}

describe('the commands of a supervisor', () => {
  const definitions = Object.values(supervisionCommands) as readonly CommandDefinition[];

  it.each(definitions.map((definition) => [definition.type, definition] as const))(
    '%s has an example that is a valid body, and supervisors alone may give it',
    (_type, definition) => {
      expect(checkBody(definition, definition.example)).toEqual([]);
      expect(definition.roles).toEqual(['STATSFORVALTER', 'HELSETILSYN']);
    },
  );

  it('take a complaint by its word in place of a provision, and no other word', () => {
    const body = (basis: unknown) => ({ ...(supervisionCommands.OpenSupervision.example as object), basis });
    const errors = (basis: unknown) =>
      checkBody(supervisionCommands.OpenSupervision, body(basis)).map(
        ({ felt, regel }) => `${felt} ${regel}`,
      );
    expect(errors('KLAGE')).toEqual([]);
    expect(errors('klage')).toEqual(['/basis type']);
    expect(errors({ law: 'BVL2021' })).toEqual(['/basis/section required']);
    expect(Object.keys(bodyOf(supervisionCommands.RecordReplay))).toEqual(['caseIds', 'knownAt', 'validAt']);
  });
});

describe('the events of a supervision', () => {
  it('fit their shape and hold nothing personal', () => {
    for (const basis of ['KLAGE', { law: 'BVL2021', section: '17-4', paragraph: 1 }]) {
      const events = play([opened({ basis }), replayed(), closed()]);
      expect(events.map(({ type }) => type)).toEqual(Object.keys(supervisionEvents));
      for (const { type, data } of events) {
        const { shape } = supervisionEvents[type];
        expect(checkShape(shape, data, 'whole')).toEqual([]);
        const { clear, personal } = separate(shape, data);
        expect(personal).toEqual([]);
        expect(() => assertSealed(shape, clear)).not.toThrow();
      }
    }
  });
});

describe('a supervision', () => {
  it('is opened by the authority itself, on a basis and with a scope', () => {
    expect(play([opened({ authority: undefined })])).toEqual([
      {
        type: 'SupervisionOpened',
        data: {
          supervisionId: IDS.supervision,
          authority: 'STATSFORVALTER',
          authorityOrg: '0192:974761319',
          basis: { law: 'BVL2021', section: '17-3' },
          scope: { municipalities: ['3401'], caseIds: [IDS.case] },
          on: '2026-10-05',
        },
      },
    ]);
    const [other] = play([opened({ authority: 'HELSETILSYN' }, { role: 'HELSETILSYN' })]);
    expect(other).toMatchObject({ data: { authority: 'HELSETILSYN' } });
    expectBroken([opened({ authority: 'HELSETILSYN' })], 'forbidden');
    expectBroken([opened({ authority: undefined }, { role: 'LEDER' })], 'forbidden');
  });

  it.each([
    ['BVL2021', '17-2'],
    ['BVL2021', '17-3'],
    ['BVL2021', '17-4'],
    ['BVL2021', '12-9'],
    ['FVL1967', '33'],
  ])('rests on %s §%s', (law, section) => {
    expect(play([opened({ basis: { law, section } })])).toHaveLength(1);
  });

  it.each([
    { law: 'BVL2021', section: '17-1' },
    { law: 'BVL2021', section: '12-6' },
    { law: 'KOMML2018', section: '17-3' },
  ])('does not rest on %j (61)', (basis) => {
    expectBroken([opened({ basis })], 'outside-supervision-scope', '61');
  });

  it('names municipalities that exist, is not of the future, and has an id of its own', () => {
    expectBroken([opened({ scope: { municipalities: ['3401', '9999'] } })], 'code-not-valid');
    expectBroken([opened({ on: '2026-10-13' })], 'date-in-future');
    expectBroken([opened(), opened()], 'id-in-use');
  });

  it('is closed once, by the authority, not before it was opened or last used', () => {
    expect(play([opened(), closed()]).at(-1)).toEqual({
      type: 'SupervisionClosed',
      data: { supervisionId: IDS.supervision, on: '2026-10-12' },
    });
    expectBroken([opened(), closed(), closed()], 'already-done');
    expectBroken([opened(), closed({ on: '2026-10-04' })], 'date-out-of-order');
    expectBroken([opened(), closed({ on: '2026-10-13' })], 'date-in-future');
    expectBroken([opened(), replayed(), closed({ on: '2026-10-11' })], 'date-out-of-order');
    expectBroken([opened(), closed({}, { role: 'HELSETILSYN' })], 'not-found');
    expectBroken([closed()], 'not-found');
  });
});

describe('a replay (61)', () => {
  it('inside an open scope is recorded, with where in the store it stood', () => {
    const asOf = { storeId: 'pg-1', position: 'pg:00000000000000000042', lastEventId: IDS.other };
    expect(play([opened(), replayed()]).at(-1)).toEqual({
      type: 'CaseHistoryReplayed',
      data: {
        supervisionId: IDS.supervision,
        caseIds: [IDS.case],
        knownAt: '2026-10-01T00:00:00+02:00',
        asOf,
        replayedAt: '2026-10-12T11:00:00Z',
      },
    });
  });

  it('reaches every case of the municipalities where the scope names no case', () => {
    const wide = opened({ scope: { municipalities: ['3401'] } });
    const other = { caseIds: [IDS.other], cases: [{ caseId: IDS.other, municipality: '3401' }] };
    expect(play([wide, replayed(other)])).toHaveLength(2);
    expectBroken([opened(), replayed(other)], 'outside-supervision-scope', '61');
  });

  it('is refused outside the scope, for any one of the cases', () => {
    const elsewhere = { caseId: IDS.case, municipality: '4601' };
    expectBroken([opened(), replayed({ cases: [elsewhere] })], 'outside-supervision-scope', '61');
    expectBroken([opened(), replayed({ cases: [] })], 'outside-supervision-scope', '61');
    expectBroken([opened(), replayed({ caseIds: [IDS.case, IDS.other] })], 'outside-supervision-scope', '61');
  });

  it('is refused in a supervision that is closed, another’s or none', () => {
    expectBroken([opened(), closed(), replayed()], 'outside-supervision-scope', '61');
    expectBroken([opened(), replayed({}, { role: 'HELSETILSYN' })], 'outside-supervision-scope', '61');
    expectBroken(
      [opened(), replayed({}, { orgNumber: '0192:999999999' })],
      'outside-supervision-scope',
      '61',
    );
    expectBroken([replayed()], 'outside-supervision-scope', '61');
  });
});

describe('evolve', () => {
  it('starts with an opening, and ignores nothing', () => {
    const [opening, , end] = play([opened(), replayed(), closed()]);
    expect(() => supervision.evolve(supervision.initialState, end as SupervisionEvent)).toThrow(TypeError);
    const state = fold(supervision, [opening as SupervisionEvent]);
    expect(() => supervision.evolve(state, { type: 'Unheard' } as unknown as SupervisionEvent)).toThrow(
      'No branch for Unheard',
    );
  });
});
