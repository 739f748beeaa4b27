import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { looksLikeIdentityNumber, withoutIdentityNumbers } from './identity-number.js';

describe('a text with what may be an identity number', () => {
  it.each([
    '01810012345',
    '018100 12345',
    '018100.12345',
    '018100-12345',
    'saksbehandler:01810012345',
    '/persons/01810012345?x=1',
    '99999912345',
  ])('is recognised, and the number taken out: %s', (text) => {
    expect(looksLikeIdentityNumber(text)).toBe(true);
    expect(withoutIdentityNumbers(`${text}, ${text}`)).not.toMatch(/12345/);
  });

  it.each(['kari.k', '0192:910000001', '018100123456', 'a01810012345', 'pg:00000000000000000042'])(
    'is not %s',
    (text) => {
      expect(looksLikeIdentityNumber(text)).toBe(false);
      expect(withoutIdentityNumbers(text)).toBe(text);
    },
  );

  it('is no UUID', () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => !looksLikeIdentityNumber(uuid)));
  });
});
