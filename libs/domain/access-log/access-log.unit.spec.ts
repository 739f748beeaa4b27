import { describe, expect, it } from '@jest/globals';
import { checkShape } from '../kernel/check.js';
import { assertSealed, separate } from '../kernel/personal.js';
import { CaseHistoryAccessed } from './events.js';

const access = {
  who: 'ansatt-17',
  role: 'SAKSBEHANDLER',
  org: '0192:999999999',
  caseIds: ['4b1c7c3e-6f0a-4e57-9f4e-0d2f0a5b6c7d'],
  what: {
    view: 'GET /cases/{caseId}/history',
    from: 'pg:00000000000000000001',
    to: 'pg:00000000000000000042',
  },
  when: '2026-03-02T10:15:00.123Z',
  purpose: 'TJENSTLIG',
  decision: 'PERMIT',
  legalBasis: [{ law: 'BVL2021', section: '13-1', paragraph: 1 }],
};

describe('an access to a case', () => {
  it('holds nothing to seal, so that the person concerned can read the log for ever', () => {
    expect(checkShape(CaseHistoryAccessed.shape, access, 'whole')).toEqual([]);
    const { clear, personal } = separate(CaseHistoryAccessed.shape, access);
    expect(personal).toEqual([]);
    expect(() => assertSealed(CaseHistoryAccessed.shape, clear)).not.toThrow();
  });

  it.each([
    ['who', '13891450006'],
    ['who', 'Ola Nordmann'],
    ['what', { view: 'GET /persons/13891450006' }],
    ['org', '0192:13891450006'],
  ])('%#. is refused with an identity number or a name in %s', (field, value) => {
    expect(checkShape(CaseHistoryAccessed.shape, { ...access, [field]: value }, 'whole')).toHaveLength(1);
  });

  it('may concern no case: a figure, or a search that was refused', () => {
    const refused = { ...access, caseIds: [], decision: 'DENY' };
    expect(checkShape(CaseHistoryAccessed.shape, refused, 'whole')).toEqual([]);
  });
});
