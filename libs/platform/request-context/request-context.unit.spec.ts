import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../logging/logger.js';
import { correlationId, runInContext } from './request-context.js';

const inside = async (id: string) => {
  await new Promise((next) => setImmediate(next));
  return [id, correlationId()];
};

describe('the request that is being answered', () => {
  it('is known to all that it starts, and not mixed up with another', async () => {
    const both = await Promise.all(
      ['a', 'b'].map((id) => runInContext({ correlationId: id }, () => inside(id))),
    );
    expect(both).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
    expect(correlationId()).toBeUndefined();
  });

  it('stands in every line that is logged on the way', () => {
    const lines: string[] = [];
    const log = createLogger('info', { write: (line: string) => void lines.push(line) });
    runInContext({ correlationId: 'a' }, () => log.info('inside'));
    log.info('outside');
    expect(lines.map((line) => (JSON.parse(line) as { correlationId?: string }).correlationId)).toEqual([
      'a',
      undefined,
    ]);
  });
});
