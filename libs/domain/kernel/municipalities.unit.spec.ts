import { describe, expect, it } from '@jest/globals';
import {
  DISTRICT_MUNICIPALITIES,
  hasDistricts,
  isMunicipality,
  municipalities,
  municipality,
  numbersOn,
} from './municipalities.js';

describe('municipalities', () => {
  it('are 357 from 2024, 356 from 2020', () => {
    expect(municipalities('2026-03-02')).toHaveLength(357);
    expect(municipalities('2023-12-31')).toHaveLength(356);
  });

  it('are judged on the date', () => {
    expect(isMunicipality('3401', '2026-03-02')).toBe(true);
    expect(isMunicipality('0403', '2019-12-31')).toBe(true);
    expect(isMunicipality('0403', '2020-01-01')).toBe(false);
    expect(isMunicipality('0403')).toBe(true);
    expect(isMunicipality('9999')).toBe(false);
    expect(municipality('3401')?.name).toBe('Kongsvinger');
  });

  it('go by their successors’ numbers after a change', () => {
    expect(numbersOn('1201', '2019-12-31')).toEqual(['1201']);
    expect(numbersOn('1201', '2020-01-01')).toEqual(['4601']);
    expect(numbersOn('1507', '2024-01-01')).toEqual(['1508', '1580']);
    expect(numbersOn('0301', '2026-03-02')).toEqual(['0301']);
    expect(numbersOn('9999', '2026-03-02')).toEqual([]);
  });

  it('that were divided name no successor', () => {
    expect(municipality('1850')).toMatchObject({ divided: true, successors: [] });
    expect(numbersOn('1850', '2026-03-02')).toEqual([]);
  });

  it('have successors that exist', () => {
    for (const { successors } of municipalities()) {
      for (const successor of successors) expect(isMunicipality(successor, '2024-01-01')).toBe(true);
    }
  });

  it('with districts are Oslo, Bergen and Trondheim', () => {
    expect(DISTRICT_MUNICIPALITIES.filter((number) => isMunicipality(number, '2026-03-02'))).toHaveLength(3);
    expect(hasDistricts('0301')).toBe(true);
    expect(hasDistricts('3401')).toBe(false);
  });
});
