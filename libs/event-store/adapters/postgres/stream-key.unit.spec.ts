import { describe, expect, it } from '@jest/globals';
import { v5 } from 'uuid';
import { streamKey } from './stream-key.js';

const NAMESPACE = '6f0b6c0e-5f0a-4c0f-9d3b-2f3a1c0d7e55';

describe('the key of a stream', () => {
  it('is the UUIDv5 of its name, whatever characters that has', () => {
    for (const name of ['case-1', 'å «Æ» 漢 🧒', ' ', 'x'.repeat(255)]) {
      expect(streamKey(name)).toBe(v5(name, NAMESPACE));
    }
  });

  it('is what it always was: a stored stream is found by it', () => {
    expect(streamKey('case-a')).toBe('5e8442df-8fec-5a39-a127-ac5ec1068460');
  });
});
