/** Given what has happened, when a command comes, then these events, nothing, or a broken rule. */
import { expect } from '@jest/globals';
import { checkShape } from '../../kernel/check.js';
import { fold } from '../../kernel/decider.js';
import { RuleBroken, type Slug } from '../../kernel/errors.js';
import { assertSealed, separate } from '../../kernel/personal.js';
import { childCase } from '../child-case.js';
import { caseCommands, type CaseCommand } from '../commands.js';
import { caseEvents, type CaseEvent } from '../events.js';

export interface Broken {
  readonly slug: Slug;
  readonly rule?: string;
  /** Pointers of `feil`, all of them, in any order. */
  readonly felt?: readonly string[];
}

/** What is expected of an event: its type, and as much of data and flags as the test speaks of. */
export interface Expected {
  readonly type: CaseEvent['type'];
  readonly data?: object;
  readonly flags?: readonly object[];
}

/** Freezes deeply, so that a `decide` or an `evolve` that changes what it was given throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** Every event fits its definition, and all that is personal in it can be sealed. */
function storable(events: readonly CaseEvent[]): readonly CaseEvent[] {
  for (const { type, data } of events) {
    const { shape } = caseEvents[type];
    expect(checkShape(shape, data, 'whole')).toEqual([]);
    assertSealed(shape, separate(shape, data).clear);
  }
  return events;
}

/** The events that commands lead to, one after the other, on top of what has happened. */
export function play(commands: readonly CaseCommand[], history: readonly CaseEvent[] = []): CaseEvent[] {
  const events = [...history];
  for (const command of commands) {
    events.push(...storable(childCase.decide(command, frozen(fold(childCase, events)))));
  }
  return events;
}

/** `history`: commands that were accepted before, or the events themselves. */
export const given = (history: readonly (CaseCommand | CaseEvent)[]) => ({
  when(command: CaseCommand) {
    const events = history.reduce<CaseEvent[]>(
      (before, step) => ('context' in step ? play([step], before) : [...before, step]),
      [],
    );
    const outcome = () => storable(childCase.decide(command, frozen(fold(childCase, events))));
    return {
      events: outcome,
      /** Exactly these events, each at least as told; flags are all that are told. */
      then(...expected: readonly Expected[]) {
        const decided = outcome();
        expect(decided).toHaveLength(expected.length);
        expected.forEach(({ type, data = {}, flags }, index) => {
          const event = decided[index];
          expect(event).toMatchObject({ type, data });
          event?.flags?.forEach((flag) => expectDeclared(command, flag.rule));
          if (flags !== undefined) expect(event?.flags ?? []).toEqual(flags);
        });
      },
      thenNothing() {
        expect(outcome()).toEqual([]);
      },
      thenBroken({ slug, rule, felt }: Broken) {
        const broken = caught(outcome);
        expect({ slug: broken.slug, rule: broken.rule }).toEqual({ slug, rule });
        expectDeclared(command, broken.rule);
        if (felt !== undefined) expect(broken.feil?.map((f) => f.felt).sort()).toEqual([...felt].sort());
        if (slug !== 'not-found') expect(broken.losning).not.toBe('');
      },
    };
  },
});

/** What a command is judged by stands in its definition; a deadline (D-id) is no rule. */
function expectDeclared({ type }: CaseCommand, rule: string | undefined): void {
  if (rule === undefined || rule.startsWith('D')) return;
  expect({ type, rules: caseCommands[type].rules }).toEqual({
    type,
    rules: expect.arrayContaining([rule]),
  });
}

function caught(outcome: () => unknown): RuleBroken {
  try {
    outcome();
  } catch (error) {
    if (error instanceof RuleBroken) return error;
    throw error;
  }
  throw new Error('The command was accepted');
}
