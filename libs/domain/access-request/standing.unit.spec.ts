import { describe, expect, it } from '@jest/globals';
import { childCase } from '../child-case/child-case.js';
import type { OpenCase } from '../child-case/state.js';
import { born, childIsParty, command, IDS, prepared } from '../child-case/test/case.fixture.js';
import { play } from '../child-case/test/given.fixture.js';
import type { CaseCommand } from '../child-case/commands.js';
import { fold } from '../kernel/decider.js';
import { knownOfRequester, standingIn } from './standing.js';

function caseOf(commands: readonly CaseCommand[]): OpenCase {
  const state = fold(childCase, play(commands));
  if (state.situation === 'none') throw new Error('No case');
  return state;
}

describe('what a case knows of a requester', () => {
  const state = caseOf(prepared());
  const on = '2026-03-02';
  const standing = (personRef: string | undefined, day = on, of = state) =>
    standingIn(knownOfRequester('c', of, personRef, day));

  it('is what was assessed of a parent by that day', () => {
    expect(knownOfRequester('c', state, IDS.mother, on)).toEqual({
      caseId: 'c',
      startedOn: state.startedOn,
      childAge: 11,
      isChild: false,
      isParty: true,
      hasForeldreansvar: true,
    });
    expect(standing(IDS.mother)).toBe('PART');
    expect(standing(IDS.mother, '2026-01-06')).not.toBe('PART');
    expect(standing(IDS.other)).toBe('INGEN');
    expect(standing(undefined)).toBe('INGEN');
  });

  it('is the child’s age: party from 15, and a former child when it is of age', () => {
    expect(standing(IDS.child)).toBe('BARN');
    expect(standing(IDS.child, '2029-05-01')).toBe('PART');
    expect(standing(IDS.child, '2032-05-01')).toBe('TIDLIGERE_BARN');
    const older = caseOf([...prepared(born('2010-05-01')), childIsParty()]);
    expect(standing(IDS.child, on, older)).toBe('PART');
  });

  it('is no parental responsibility for a grown-up', () => {
    expect(knownOfRequester('c', state, IDS.mother, '2032-05-01').hasForeldreansvar).toBe(false);
    const status = command('AssessPartyStatus', {
      isParty: false,
      basis: undefined,
      assessedOn: '2026-02-20',
    });
    const informed = caseOf([...prepared(), status]);
    expect(standing(IDS.mother, on, informed)).toBe('FORELDREANSVAR');
  });
});
