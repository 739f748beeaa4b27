import { describe, expect, it } from '@jest/globals';
import { caseIdName, commandIdName, eventIdName } from '#forlop/domain';
import { v5 as uuidV5 } from 'uuid';
import { caseIdOf, commandIdOf, eventIdOf } from './ids.js';

const PERSON = '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d01';

describe('ids that follow from names', () => {
  it('are UUIDs of version 5 in the URL namespace', () => {
    for (const municipality of ['0301', '3401', 'æøå', '😀'.repeat(300), 'x'.repeat(1100)]) {
      const key = { municipality, idempotencyKey: PERSON };
      expect(caseIdOf(municipality, PERSON)).toBe(uuidV5(caseIdName(municipality, PERSON), uuidV5.URL));
      expect(commandIdOf(key)).toBe(uuidV5(commandIdName(municipality, PERSON), uuidV5.URL));
      expect(eventIdOf(key, 'person-1', 3)).toBe(
        uuidV5(eventIdName(municipality, PERSON, 'person-1', 3), uuidV5.URL),
      );
    }
  });
});
