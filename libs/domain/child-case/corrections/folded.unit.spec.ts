import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { RuleBroken } from '../../kernel/errors.js';
import { childCase } from '../child-case.js';
import type { CaseEvent } from '../events.js';
import { command, running } from '../test/case.fixture.js';
import { caseAfter, FOLDED_CASE_VERSION, foldedCase, type FoldedCase } from './folded.js';

/** A case with something in every corner of its state, told by the examples; a command that comes to nothing is left out. */
function story(): readonly CaseEvent[] {
  const told: CaseEvent[] = [];
  const entries = () => told.map((event, index) => ({ eventId: String(index), event }));
  const commands = [
    ...running(),
    command('RecordFollowUpStatus'),
    command('RecordEvaluation'),
    command('AcknowledgePlan'),
    command('RevisePlan'),
    command('RecordConsentRefusal'),
    command('WithdrawConsent'),
    command('EndMeasure'),
  ];
  for (const each of commands) {
    try {
      told.push(...childCase.decide(each, foldedCase(entries()).state));
    } catch (error) {
      if (!(error instanceof RuleBroken)) throw error;
    }
  }
  return told;
}

const entries = story().map((event, index) => ({ eventId: String(index), event }));

describe('a case that is folded to be kept', () => {
  it('is the same event by event as all at once', () => {
    const [first, ...others] = entries;
    if (first === undefined) throw new Error('there is no story');
    const stepwise = others.reduce<FoldedCase | undefined>(
      (folded, { event }) => folded && caseAfter(folded, event),
      foldedCase([first]),
    );
    expect(stepwise).toEqual(foldedCase(entries));
  });

  /**
   * The file is what a program of this version keeps. Where it is no longer what is folded, snapshots of before would be
   * misread: raise FOLDED_CASE_VERSION, write the next file with `FORLOP_WRITE_GOLDEN=1`, and delete this one.
   */
  it('looks as its version says', () => {
    const file = fileURLToPath(
      new URL(`../../../../test/golden/states/folded-case.v${FOLDED_CASE_VERSION}.json`, import.meta.url),
    );
    const folded = foldedCase(entries);
    if (process.env['FORLOP_WRITE_GOLDEN'] === '1' && !existsSync(file)) {
      writeFileSync(file, `${JSON.stringify(folded, null, 2)}\n`);
    }
    expect(JSON.parse(JSON.stringify(folded))).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('holds what its version is meant to guard: something in every part of the state', () => {
    const { state } = foldedCase(entries);
    const empty = Object.entries(state).filter(
      ([, part]) => typeof part === 'object' && Object.keys(part as object).length === 0,
    );
    expect(empty.map(([name]) => name)).toEqual([]);
  });

  it('cannot be gone on from after a correction', () => {
    const data = {
      targetEventId: '0',
      targetType: 'ReferralReceived',
      reason: 'Feil.',
      effectiveOn: '2026-03-01',
      on: '2026-03-01',
    } as const;
    expect(caseAfter(foldedCase(entries), { type: 'EntryRetracted', data })).toBeUndefined();
  });
});
