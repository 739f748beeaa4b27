import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { anEvent } from '../../contract/support.fixture.js';
import { commandSpans } from './append-statement.js';

describe('the span of a command in an append', () => {
  it('reaches to the next command or the end', () => {
    const begin = (): ReturnType<typeof anEvent> => anEvent({ commandId: randomUUID() });

    expect(commandSpans([begin(), anEvent(), anEvent()])).toEqual([3, null, null]);
    expect(commandSpans([anEvent(), begin(), anEvent(), begin()])).toEqual([null, 2, null, 1]);
    expect(commandSpans([anEvent(), anEvent()])).toEqual([null, null]);
  });
});
