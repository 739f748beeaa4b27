import { describe, expect, it } from '@jest/globals';
import { codesOf, isKnownCode } from '../kernel/codes.js';
import {
  CATALOGUE,
  categoriesOf,
  categoryNeedsSpecification,
  isMeasureValid,
  isOrderable,
  isOutsideAgeAdvice,
  measureKind,
  type MeasureKind,
} from './catalogue.js';

function kind(key: string): MeasureKind {
  const found = measureKind(key);
  if (found === undefined) throw new Error(`No measure ${key}`);
  return found;
}

const KEYS =
  'raad-veiledning hjemmeveiledning omsorgsendrende-hjem veiledning-gruppe icdp dua cos marte-meo pmto mst fft senter praktisk-bistand avlastning-hjemme besokshjem stottekontakt barnehage dagtilbud sfo fritid leksehjelp samtaler-barn samtalegruppe utdanning-arbeid okonomi tilsyn-frivillig tilsyn-palagt meldeplikt ruskontroll familierad nettverksmoter nettverk-ovrig individuell-plan ansvarsgruppe beredskapshjem fosterhjem institusjon mtfc multifunc lbr-cm bolig-oppfolging ettervern veiledning-fosterhjem'.split(
    ' ',
  );

describe('the measure catalogue', () => {
  it('holds every measure of the sources, in their order', () => {
    expect([...CATALOGUE.keys()].slice(0, KEYS.length)).toEqual(KEYS);
  });

  it('reaches every national category, one way or another', () => {
    const reached = new Set([...CATALOGUE.values()].flatMap(({ ssb }) => ssb));
    expect(codesOf('tiltakKategori').map(({ code }) => code)).toEqual(expect.arrayContaining([...reached]));
    expect(codesOf('tiltakKategori').filter(({ code }) => !reached.has(code))).toEqual([]);
  });

  it.each([...CATALOGUE.values()].flatMap(({ key, ssb }) => ssb.map((code) => [key, code])))(
    '%s names a category that exists: %s',
    (_key, code) => {
      expect(isKnownCode('tiltakKategori', code)).toBe(true);
    },
  );

  it('follows a category that was split: bolig med oppfølging is 8.2 to 2025, then 8.4 and 8.5', () => {
    const bolig = kind('bolig-oppfolging');
    expect(categoriesOf(bolig, '2025-12-31')).toEqual(['8.2']);
    expect(categoriesOf(bolig, '2026-01-01')).toEqual(['8.4', '8.5']);
    expect(isMeasureValid('bolig-oppfolging', '2026-01-01')).toBe(true);
  });

  it('lets aftercare stand under any category of the date', () => {
    expect(categoriesOf(kind('ettervern'), '2026-03-02')).toContain('8.4');
    expect(categoriesOf(kind('ettervern'), '2025-03-02')).not.toContain('8.4');
  });

  it('does not let follow-up that is no measure be decided, nor an unknown key, nor a category before its time', () => {
    expect(isMeasureValid('veiledning-fosterhjem', '2026-03-02')).toBe(false);
    expect(isMeasureValid('trolldom', '2026-03-02')).toBe(false);
    expect(isMeasureValid('2.6', '2020-12-31')).toBe(false);
    expect(isMeasureValid('2.6', '2021-01-01')).toBe(true);
  });

  it('knows a category that no measure of the sources uses by its national code', () => {
    for (const code of ['1.2', '2.4', '2.6', '2.99', '4.9', '5.3', '7.1', '7.2', '7.3', '8.1', '8.99']) {
      expect(kind(code).ssb).toEqual([code]);
    }
    expect(measureKind('4.6')).toBeUndefined();
  });

  it('orders only what § 3-4 and § 3-5 list', () => {
    expect(kind('stottekontakt').order).toEqual({ letter: 'c', maxMonths: 12 });
    expect(kind('barnehage').order).toEqual({ letter: 'b' });
    expect(kind('senter').order).toEqual({ letter: 'SENTER', maxMonths: 3 });
    expect(isOrderable(kind('mst'))).toBe(true);
    for (const key of ['sfo', 'praktisk-bistand', 'okonomi', 'familierad', 'fosterhjem']) {
      expect(isOrderable(kind(key))).toBe(false);
    }
  });

  it('is voluntary but for what only the tribunal can decide', () => {
    expect([...CATALOGUE.values()].filter(({ voluntary }) => !voluntary).map(({ key }) => key)).toEqual([
      'tilsyn-palagt',
      'meldeplikt',
    ]);
  });

  it('marks the measures directed at the child', () => {
    expect(
      [...CATALOGUE.values()].filter(({ childPartyConsent }) => childPartyConsent).map(({ key }) => key),
    ).toEqual(['besokshjem', 'stottekontakt', 'fosterhjem']);
  });

  it('gives advice on age, both ends included', () => {
    expect([2, 3, 12, 13].map((age) => isOutsideAgeAdvice(kind('pmto'), age))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(isOutsideAgeAdvice(kind('barnehage'), 8)).toBe(true);
    expect(isOutsideAgeAdvice(kind('barnehage'), 7)).toBe(false);
    expect(isOutsideAgeAdvice(kind('stottekontakt'), 3)).toBe(false);
  });

  it('asks for a specification of 3.7 and every .99', () => {
    expect(categoryNeedsSpecification('3.7', '2026-03-02')).toBe(true);
    expect(categoryNeedsSpecification('4.99', '2026-03-02')).toBe(true);
    expect(categoryNeedsSpecification('4.6', '2026-03-02')).toBe(false);
  });
});
