import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { outliveReader } from './output.js';

const failed = (code: string): Error => Object.assign(new Error(code), { code });

describe('the output of a command', () => {
  it('outlives its reader', () => {
    const output = new Writable();
    outliveReader(output);
    expect(() => output.emit('error', failed('EPIPE'))).not.toThrow();
  });

  it('does not hide that it failed for another reason', () => {
    const output = new Writable();
    outliveReader(output);
    expect(() => output.emit('error', failed('ENOSPC'))).toThrow('ENOSPC');
  });
});
