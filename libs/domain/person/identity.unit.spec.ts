import { describe, expect, it } from '@jest/globals';
import { bodyOf } from '../kernel/body.js';
import { checkShape } from '../kernel/check.js';
import { CorrectPerson, personCommands, RegisterPerson } from './commands.js';
import { identityErrors } from './identity-check.js';
import { agreesWithBirth, beginningOf, isSynthetic, kindOf } from './identity-number.js';

/** Synthetic numbers: month + 80; the D-number has day + 40 too. */
const FNR = '13891450006';
const DNR = '53891450006';
const DUF = '201512345612';

describe('an identity number', () => {
  it('says its own kind', () => {
    expect([FNR, '13091450006', DNR, DUF].map(kindOf)).toEqual(['FNR', 'FNR', 'DNR', 'DUF']);
  });

  it.each([
    '',
    '1389145000',
    '138914500061',
    '00891450006',
    '32891450006',
    '31841450006',
    '30821450006',
    '13931450006',
    '13501450006',
    '1389145000a',
    '180012345612',
  ])('is none: «%s»', (text) => {
    expect(kindOf(text)).toBeUndefined();
  });

  it('begins with the day of birth, freed of what is added', () => {
    expect(beginningOf(DNR)).toEqual({ kind: 'DNR', day: 13, month: 9, yearOfCentury: 14, synthetic: true });
    expect(isSynthetic('13091450006')).toBe(false);
    expect(isSynthetic(FNR)).toBe(true);
  });

  it('agrees with a birth date by day, month and year of the century', () => {
    expect(agreesWithBirth(FNR, '2014-09-13')).toBe(true);
    expect(agreesWithBirth(FNR, '1914-09-13')).toBe(true);
    expect(agreesWithBirth(DNR, '2014-09-13')).toBe(true);
    expect(agreesWithBirth(FNR, '2014-09-14')).toBe(false);
    expect(agreesWithBirth(FNR, '2015-09-13')).toBe(false);
    expect(agreesWithBirth('29820812345', '2008-02-29')).toBe(true);
    expect(agreesWithBirth(DUF, '2014-09-13')).toBe(true);
    expect(agreesWithBirth('tull', '2014-09-13')).toBe(false);
  });
});

describe('number, kind and dates', () => {
  const felt = (body: Record<string, unknown>) =>
    identityErrors(body).map((error) => `${error.felt} ${error.regel}`);

  it.each([
    { identifier: { kind: 'FNR', value: FNR }, birthDate: '2014-09-13' },
    { identifier: { kind: 'DNR', value: DNR }, birthDate: '2014-09-13' },
    { identifier: { kind: 'DUF', value: DUF }, birthDate: '2010-01-01' },
    { identifier: { kind: 'NONE' }, birthDate: '2014-09-13' },
    { identifier: { kind: 'UNBORN' }, dueDate: '2026-08-01' },
  ])('%#. that agree have no fault', (body) => {
    expect(felt(body)).toEqual([]);
  });

  it.each<[Record<string, unknown>, string[]]>([
    [{ identifier: { kind: 'FNR', value: DNR }, birthDate: '2014-09-13' }, ['/identifier/kind identifier']],
    [{ identifier: { kind: 'DNR', value: FNR }, birthDate: '2014-09-13' }, ['/identifier/kind identifier']],
    [{ identifier: { kind: 'FNR', value: DUF }, birthDate: '2014-09-13' }, ['/identifier/kind identifier']],
    [{ identifier: { kind: 'FNR', value: FNR }, birthDate: '2014-09-14' }, ['/birthDate identifier']],
    [
      { identifier: { kind: 'FNR', value: '123' }, birthDate: '2014-09-13' },
      ['/identifier/value identifier'],
    ],
    [
      { identifier: { kind: 'DUF', value: '123' }, birthDate: '2014-09-13' },
      ['/identifier/value identifier'],
    ],
    [{ identifier: { kind: 'FNR' }, birthDate: '2014-09-13' }, ['/identifier/value required']],
    [{ identifier: { kind: 'NONE', value: FNR }, birthDate: '2014-09-13' }, ['/identifier/value identifier']],
    [{ identifier: { kind: 'UNBORN', value: FNR }, dueDate: '2026-08-01' }, ['/identifier/value identifier']],
    [
      { identifier: { kind: 'UNBORN' }, birthDate: '2026-01-01' },
      ['/dueDate required', '/birthDate excluded'],
    ],
    [{ identifier: { kind: 'NONE' } }, ['/birthDate required']],
    [{ identifier: { kind: 'NONE' }, birthDate: '2014-09-13', dueDate: '2014-09-13' }, ['/dueDate excluded']],
  ])('%#. that do not agree are told where', (body, expected) => {
    expect(felt(body)).toEqual(expected);
  });

  it.each([{}, { identifier: 3 }, { identifier: { kind: 3 } }, { identifier: null }])(
    '%#. of a wrong type are left to the check of the shape',
    (body) => {
      expect(identityErrors(body)).toEqual([]);
    },
  );

  it('are never repeated in the answer', () => {
    const answer = JSON.stringify(
      identityErrors({
        identifier: { kind: 'DNR', value: FNR },
        birthDate: '1999-12-31',
        dueDate: '1999-12-30',
      }),
    );
    for (const secret of [FNR, '1999-12-31', '1999-12-30']) expect(answer).not.toContain(secret);
  });
});

describe('the example of each command', () => {
  it.each(Object.values(personCommands))('$type is a valid body', (command) => {
    expect(checkShape(bodyOf(command), command.example)).toEqual([]);
  });

  it.each([RegisterPerson, CorrectPerson])('$type names a synthetic person', ({ example }) => {
    const body = example as { identifier: { value: string } };
    expect(identityErrors(body)).toEqual([]);
    expect(isSynthetic(body.identifier.value)).toBe(true);
  });
});
