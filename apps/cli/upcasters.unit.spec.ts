import { describe, expect, it } from '@jest/globals';
import { upcastingOf } from '#forlop/domain';
import { EXIT } from '#forlop/platform';
import { assertUpcasters } from './upcasters.js';

describe('the upcasters, when a process starts', () => {
  it('are in order', () => {
    expect(() => assertUpcasters()).not.toThrow();
  });

  it('end it with 78 and every fault when they are not', () => {
    const broken = upcastingOf({ ThingMade: { schemaVersion: 3 } }, [
      { type: 'ThingMade', from: 2, to: 3, upcast: (data) => data },
      { type: 'ThingLost', from: 1, to: 2, upcast: (data) => data },
    ]);
    const faults =
      /ThingLost v1 → v2: no event ThingLost is defined\n.*ThingMade v1 → v2: the step is missing/;
    expect(() => assertUpcasters(broken)).toThrow(
      expect.objectContaining({ exitCode: EXIT.configuration, message: expect.stringMatching(faults) }),
    );
  });
});
