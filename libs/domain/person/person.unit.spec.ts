import { describe, expect, it } from '@jest/globals';
import { fold, type CommandContext } from '../kernel/decider.js';
import { RuleBroken } from '../kernel/errors.js';
import type { PersonCommand } from './commands.js';
import type { PersonEvent } from './events.js';
import { person } from './person.js';

const PERSON = '4b1c7c3e-6f0a-4e57-9f4e-0d2f0a5b6c7d';
const CASE = '0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f1';

const context: CommandContext = {
  now: '2026-03-02T09:00:00Z',
  today: '2026-03-02',
  by: { subjectId: 'ansatt-17', role: 'SAKSBEHANDLER', orgNumber: '0192:999999999' },
  municipality: '3401',
};

const child = {
  personId: PERSON,
  identifier: { kind: 'FNR', value: '13891450006' },
  name: { first: 'Synne', last: 'Testdatter' },
  birthDate: '2014-09-13',
  addressProtection: 'UGRADERT',
  on: '2026-03-01',
} as const;

const registered: PersonEvent = { type: 'PersonRegistered', data: child };
const shredded: PersonEvent = {
  type: 'SubjectShredded',
  data: { subjectRef: PERSON, ground: 'APENBART_GRUNNLOS', decisionRef: '2026/1', shreddedOn: '2026-03-02' },
};

const given = (...events: readonly PersonEvent[]) => {
  const state = fold(person, events);
  return { when: (command: PersonCommand) => person.decide(command, state) };
};

function slugOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof RuleBroken) return error.slug;
    throw error;
  }
  return 'accepted';
}

describe('registering a person', () => {
  it('counts from today when no date is given', () => {
    const { on: _, ...undated } = child;
    const events = given().when({ type: 'RegisterPerson', data: undated, context });
    expect(events).toEqual([{ type: 'PersonRegistered', data: { ...child, on: context.today } }]);
  });

  const register = (
    data: Partial<Extract<PersonCommand, { type: 'RegisterPerson' }>['data']> = {},
  ): PersonCommand => ({
    type: 'RegisterPerson',
    data: { ...child, ...data },
    context,
  });

  it('records who the person is', () => {
    expect(given().when(register())).toEqual([registered]);
  });

  it('is refused under an id that is taken, also by one whose key is destroyed', () => {
    expect(slugOf(() => given(registered).when(register()))).toBe('id-in-use');
    expect(slugOf(() => given(registered, shredded).when(register()))).toBe('id-in-use');
  });

  it('is refused with a date in the future, but a due date may lie there', () => {
    expect(slugOf(() => given().when(register({ on: '2026-03-03' })))).toBe('date-in-future');
    expect(slugOf(() => given().when(register({ birthDate: '2026-03-03' })))).toBe('date-in-future');
    const unborn: PersonCommand = {
      type: 'RegisterPerson',
      data: {
        personId: PERSON,
        identifier: { kind: 'UNBORN' },
        dueDate: '2026-08-01',
        addressProtection: 'UGRADERT',
        on: '2026-03-02',
      },
      context,
    };
    expect(given().when(unborn)).toHaveLength(1);
  });
});

describe('correcting a person', () => {
  const correct = (
    data: Partial<Extract<PersonCommand, { type: 'CorrectPerson' }>['data']> = {},
  ): PersonCommand => ({
    type: 'CorrectPerson',
    data: { ...child, reason: 'Navnet var feil', on: '2026-03-02', ...data },
    context,
  });

  it('replaces the whole person', () => {
    const events = given(registered).when(correct({ name: { first: 'Synnøve', last: 'Testdatter' } }));
    expect(events).toMatchObject([{ type: 'PersonCorrected', data: { name: { first: 'Synnøve' } } }]);
    expect(fold(person, [registered, ...events])).toMatchObject({
      phase: 'registered',
      person: { name: { first: 'Synnøve' } },
      lastEntryOn: '2026-03-02',
    });
  });

  it('to what stands already changes nothing', () => {
    expect(given(registered).when(correct())).toEqual([]);
  });

  it('is refused for one who is unknown, whose key is destroyed, or from the future', () => {
    expect(slugOf(() => given().when(correct()))).toBe('not-found');
    expect(slugOf(() => given(registered, shredded).when(correct()))).toBe('already-done');
    expect(slugOf(() => given(registered).when(correct({ on: '2026-03-03' })))).toBe('date-in-future');
  });
});

describe('destroying the key of a person', () => {
  type Shred = Extract<PersonCommand, { type: 'ShredSubject' }>['data'];
  const closed = { caseId: CASE, open: false, holdsMeasureDecision: false, lastEntryOn: '2016-03-02' };
  const shred = (data: Partial<Shred> = {}): PersonCommand => ({
    type: 'ShredSubject',
    data: {
      subjectRef: PERSON,
      ground: 'APENBART_GRUNNLOS',
      decisionRef: '2026/1',
      shreddedOn: '2026-03-02',
      cases: [closed],
      ...data,
    },
    context,
  });
  const old: PersonEvent = { type: 'PersonRegistered', data: { ...child, on: '2015-01-01' } };

  it('records ground and decision, and nothing of the cases', () => {
    expect(given(old).when(shred())).toEqual([shredded]);
  });

  it('is refused while a case is open or where one holds a measure decision, by arkivlova', () => {
    const act = () => given(old).when(shred({ cases: [closed, { ...closed, open: true }] }));
    expect(slugOf(act)).toBe('retention-required');
    expect(act).toThrow(
      expect.objectContaining({
        law: expect.arrayContaining([expect.objectContaining({ law: 'ARKL2025', section: '13' })]),
      }),
    );
    expect(slugOf(() => given(old).when(shred({ cases: [{ ...closed, holdsMeasureDecision: true }] })))).toBe(
      'retention-required',
    );
  });

  it('as dismissed for ten years needs ten years since the last entry of every case and of the person', () => {
    const ground = 'HENLAGT_10_AR';
    expect(given(old).when(shred({ ground }))).toHaveLength(1);
    const late = { ...closed, lastEntryOn: '2016-03-03' };
    expect(slugOf(() => given(old).when(shred({ ground, cases: [closed, late] })))).toBe(
      'retention-required',
    );
    expect(slugOf(() => given(registered).when(shred({ ground, cases: [] })))).toBe('retention-required');
    const leapDay = { ...closed, lastEntryOn: '2016-02-29' };
    expect(given(old).when(shred({ ground, cases: [leapDay], shreddedOn: '2026-02-28' }))).toHaveLength(1);
  });

  it('a second time changes nothing, and of one who is unknown is refused', () => {
    expect(given(old, shredded).when(shred())).toEqual([]);
    expect(slugOf(() => given().when(shred()))).toBe('not-found');
  });
});
