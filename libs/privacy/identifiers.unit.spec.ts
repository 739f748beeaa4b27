import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkIdentifier, looksLikeIdentityNumber } from './identifiers.js';
import { syntheticNumber } from './synthetic-numbers.fixture.js';

const D_NUMBER = { day: 40, month: 80 };
const HELP_NUMBER = { day: 0, month: 40 };

const birthDates = fc
  .date({ min: new Date('1940-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('An identity number', () => {
  it('is accepted as the kind that it is, and not as the other', () => {
    fc.assert(
      fc.property(birthDates, fc.integer({ min: 0, max: 900 }), (birth, offset) => {
        const fnr = syntheticNumber(birth, offset);
        const dnr = syntheticNumber(birth, offset, D_NUMBER);
        expect(checkIdentifier('FNR', fnr)).toEqual({ ok: true, value: fnr });
        expect(checkIdentifier('DNR', dnr)).toEqual({ ok: true, value: dnr });
        expect(checkIdentifier('DNR', fnr)).toMatchObject({ ok: false });
        expect(checkIdentifier('FNR', dnr)).toMatchObject({ ok: false });
      }),
    );
  });

  it('is accepted without the mark of a synthetic one', () => {
    // Nobody has these: individual numbers from 500 on of the year 39 are those of 2039.
    const fnr = syntheticNumber('2039-06-24', 500, { day: 0, month: 0 });
    const dnr = syntheticNumber('2039-06-24', 500, { day: 40, month: 0 });
    expect(checkIdentifier('FNR', fnr)).toEqual({ ok: true, value: fnr });
    expect(checkIdentifier('DNR', dnr)).toEqual({ ok: true, value: dnr });
  });

  it('has one spelling, whatever stands between the digits', () => {
    const fnr = syntheticNumber('2015-03-12');
    for (const between of [' ', '\u00a0', '-', '.', '\t']) {
      const written = `  ${fnr.slice(0, 6)}${between}${fnr.slice(6)} `;
      expect(checkIdentifier('FNR', written)).toEqual({ ok: true, value: fnr });
    }
  });

  it('with any one digit changed is refused, and the refusal does not repeat it', () => {
    const fnr = syntheticNumber('2015-03-12');
    for (let place = 0; place < 9; place++) {
      const mistyped = `${fnr.slice(0, place)}${(Number(fnr[place]) + 1) % 10}${fnr.slice(place + 1)}`;
      const checked = checkIdentifier('FNR', mistyped);
      expect(checked.ok).toBe(false);
      expect(JSON.stringify(checked)).not.toContain(mistyped);
    }
  });

  it.each([
    ['ten digits', '0101900123'],
    ['twelve digits', '010190012345'],
    ['letters', '0101900123x'],
    ['digits of another script', '٠١٠١٩٠٠١٢٣٤'],
    ['a date that does not exist', syntheticNumber('2015-02-30')],
    ['nothing', undefined],
  ])('of %s is refused', (_, value) => {
    expect(checkIdentifier('FNR', value)).toMatchObject({ ok: false });
  });

  it('is told which kind it is when the kind is the other', () => {
    expect(checkIdentifier('FNR', syntheticNumber('2015-03-12', 0, D_NUMBER))).toEqual({
      ok: false,
      melding: 'Nummeret er et D-nummer: kind skal være DNR.',
    });
  });

  it('of the health service is no fødselsnummer', () => {
    const help = syntheticNumber('2015-03-12', 0, HELP_NUMBER);
    expect(checkIdentifier('FNR', help)).toEqual({
      ok: false,
      melding: 'Dette er et hjelpenummer, ikke et fødselsnummer.',
    });
  });

  it('with check digits of the rule from 2032 on is accepted', () => {
    // From 2032 on the first check digit has four values, each with its own second one; today it has one.
    const old = syntheticNumber('2033-05-17', 100);
    const nine = old.slice(0, 9);
    const valid = Array.from({ length: 100 }, (_, tail) => nine + String(tail).padStart(2, '0')).filter(
      (number) => checkIdentifier('FNR', number).ok,
    );
    expect(valid).toContain(old);
    expect(valid.length).toBeGreaterThan(1);
  });

  it('of UDI has twelve digits and begins with a year', () => {
    expect(checkIdentifier('DUF', '2012 586975 61')).toEqual({ ok: true, value: '201258697561' });
    expect(checkIdentifier('DUF', '20125869756')).toMatchObject({ ok: false });
    expect(checkIdentifier('DUF', '301258697561')).toMatchObject({ ok: false });
  });

  it('is not given for one who has none or is not born', () => {
    for (const kind of ['NONE', 'UNBORN'] as const) {
      expect(checkIdentifier(kind, undefined)).toEqual({ ok: true });
      expect(checkIdentifier(kind, ' ')).toEqual({ ok: true });
      expect(checkIdentifier(kind, syntheticNumber('2015-03-12'))).toMatchObject({ ok: false });
    }
  });
});

describe('A place where no identity number belongs', () => {
  const fnr = syntheticNumber('2015-03-12');
  const mistyped = `${fnr.slice(0, 10)}${(Number(fnr[10]) + 1) % 10}`;

  it.each([
    fnr,
    mistyped,
    syntheticNumber('1988-11-30', 500, D_NUMBER),
    syntheticNumber('1988-11-30', 500, HELP_NUMBER),
    `${fnr.slice(0, 6)} ${fnr.slice(6)}`,
    `saksbehandler:${fnr}`,
    `/persons/${fnr}?x=1`,
    '201258697561',
    '2012 586975 61',
  ])('is told of %s', (text) => {
    expect(looksLikeIdentityNumber(text)).toBe(true);
  });

  it.each([
    '0192:974760673',
    '0192:987654321',
    'kari.saksbehandler',
    'pg:00000000000000001234',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    '2026-01-14T10:00:00+01:00',
    '+47 22 33 44 55',
    '99999912345',
  ])('takes %s', (text) => {
    expect(looksLikeIdentityNumber(text)).toBe(false);
  });

  it('takes every UUID, also one whose last group is all digits', () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => !looksLikeIdentityNumber(uuid)));
    expect(looksLikeIdentityNumber('3f0c9a52-7d1e-4b6f-8a21-201012345678')).toBe(false);
    expect(looksLikeIdentityNumber('3f0c9a52-7d1e-4b6f-8a21-018115123456')).toBe(false);
  });
});
