import { describe, expect, it } from '@jest/globals';
import { CODE_LISTS, codesOf, isCodeList, isCodeValid, isKnownCode, needsSpecification } from './codes.js';
import { isLocalDate } from './dates.js';
import { nationalCode, nationalCodes } from './national-codes.js';

describe('the national code lists', () => {
  it('are the fourteen of the reporting format', () => {
    expect(CODE_LISTS).toEqual([
      'melder',
      'saksinnhold',
      'meldingKonklusjon',
      'medvirkning',
      'utvidetFrist',
      'undersokelseKonklusjon',
      'plantype',
      'tiltakKategori',
      'opphevelse',
      'vedtakStatus',
      'kravKonklusjon',
      'ettervernKonklusjon',
      'flyttingArsakFra',
      'flyttingTil',
    ]);
    expect(isCodeList('melder')).toBe(true);
    expect(isCodeList('toString')).toBe(false);
  });

  it.each(CODE_LISTS)('%s holds each code once, with real dates in order', (list) => {
    const codes = codesOf(list);
    expect(codes.length).toBeGreaterThan(0);
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
    for (const { validFrom, validTo } of codes) {
      expect(isLocalDate(validFrom)).toBe(true);
      if (validTo !== undefined) expect(isLocalDate(validTo) && validTo > validFrom).toBe(true);
    }
  });

  it('judge a code on the date: the reasons of 2025 are not those of 2026', () => {
    expect(isCodeValid('saksinnhold', '3', '2025-12-31')).toBe(true);
    expect(isCodeValid('saksinnhold', '3', '2026-01-01')).toBe(false);
    expect(isCodeValid('saksinnhold', '1.3.09', '2025-12-31')).toBe(false);
    expect(isCodeValid('saksinnhold', '1.3.09', '2026-01-01')).toBe(true);
    expect(isKnownCode('saksinnhold', '3')).toBe(true);
    expect(isKnownCode('saksinnhold', '999')).toBe(false);
    expect(isKnownCode('ukjent', '1')).toBe(false);
  });

  it('do not take a heading for a code', () => {
    expect(isKnownCode('tiltakKategori', '4')).toBe(false);
    expect(codesOf('tiltakKategori', '2026-01-01').map(({ code }) => code)).not.toContain('4');
  });

  it('say which codes need a specification, while they are valid', () => {
    expect(needsSpecification('melder', '22', '2026-03-02')).toBe(true);
    expect(needsSpecification('melder', '8', '2026-03-02')).toBe(false);
    expect(needsSpecification('saksinnhold', '18', '2025-06-01')).toBe(true);
    expect(needsSpecification('saksinnhold', '18', '2026-06-01')).toBe(false);
  });
});

describe('a national code beside our own word', () => {
  it('exists for participation from 2026 on', () => {
    expect(nationalCode('medvirkning', 'CONVERSATION', '2025-12-31')).toBeUndefined();
    expect(nationalCode('medvirkning', 'CONVERSATION', '2026-01-01')).toBe('1.1');
    expect(nationalCode('medvirkning', 'DID_NOT_WISH', '2026-01-01')).toBe('2.2');
  });

  it('must be given where the list holds several for it', () => {
    expect(nationalCode('meldingKonklusjon', 'DISMISSED', '2025-12-31')).toBe('1');
    expect(nationalCode('meldingKonklusjon', 'DISMISSED', '2026-01-01')).toBeUndefined();
    expect(nationalCodes('meldingKonklusjon', 'DISMISSED', '2026-01-01')).toEqual(['5', '6', '9', '10']);
    expect(nationalCodes('undersokelseKonklusjon', 'HENLAGT', '2025-06-01')).toEqual(['3', '4', '5', '6']);
    expect(nationalCode('undersokelseKonklusjon', 'VEDTAK_TILTAK', '2026-01-01')).toBe('1');
  });
});
