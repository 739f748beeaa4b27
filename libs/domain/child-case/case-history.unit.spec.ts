import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../kernel/decider.js';
import { addDays } from '../kernel/dates.js';
import { RuleBroken } from '../kernel/errors.js';
import { childCase } from './child-case.js';
import { caseCommands, type CaseCommand, type CaseCommandType } from './commands.js';
import type { CaseEvent } from './events.js';
import { caseStatus } from './status.js';
import { command, decided, dismissed, IDS, running, SUPPORT_CONTACT } from './test/case.fixture.js';
import { frozen } from './test/given.fixture.js';

const types = Object.keys(caseCommands) as CaseCommandType[];
const ids = Object.values(IDS);
const anId = fc.constantFrom(...ids);
const aDate = fc.integer({ min: -30, max: 330 }).map((days) => addDays('2026-01-05', days));

/** The legal date of a command is that of the event it leads to; the names are the same in both. */
const DATES = [
  'assessedOn',
  'startedOn',
  'extendedOn',
  'concludedOn',
  'heldOn',
  'summarisedOn',
  'proposedOn',
  'clarifiedOn',
  'givenOn',
  'on',
  'decidedOn',
  'notifiedOn',
  'establishedOn',
  'revisedOn',
  'acknowledgedOn',
  'evaluatedOn',
  'endedOn',
  'journaledOn',
];
const NEW_IDS = [
  'concernId',
  'referralId',
  'investigationId',
  'measureId',
  'consentId',
  'decisionId',
  'planId',
  'evaluationId',
  'documentId',
];

/** A lawful command at another date, about other ids, by another role. */
const aCommand: fc.Arbitrary<CaseCommand> = fc
  .record({
    type: fc.constantFrom(...types),
    date: fc.option(aDate),
    id: fc.option(fc.tuple(fc.constantFrom(...NEW_IDS), anId)),
    role: fc.constantFrom('LEDER', 'SAKSBEHANDLER', 'LEVERANDOR'),
    variant: fc.nat(3),
  })
  .map(({ type, date, id, role, variant }) => {
    const base =
      type === 'DecideMeasure' && variant === 1
        ? decided({ ...SUPPORT_CONTACT, measureId: IDS.measure }, { consentIds: ids })
        : type === 'DecideMeasure' && variant === 2
          ? decided({}, { decisionType: 'OPPHORT', decisionId: IDS.endDecision })
          : type === 'ConcludeInvestigation' && variant === 1
            ? dismissed()
            : command(type);
    const data: Record<string, unknown> = { ...base.data };
    for (const field of DATES) if (date !== null && field in data) data[field] = date;
    if (id !== null && id[0] in data) data[id[0]] = id[1];
    return {
      ...base,
      data,
      context: { ...base.context, by: { ...base.context.by, role } },
    } as unknown as CaseCommand;
  });

/** What came of a command: its events, or `undefined` when a rule refused it. */
function attempt(commanded: CaseCommand, events: readonly CaseEvent[]): readonly CaseEvent[] | undefined {
  try {
    return childCase.decide(frozen(commanded), frozen(fold(childCase, events)));
  } catch (error) {
    if (error instanceof RuleBroken) return undefined;
    throw error;
  }
}

describe('any history of a case', () => {
  it('is accepted command by command or refused by a rule, evolves, and is changed by nobody', () => {
    const accepted = new Set<string>();
    fc.assert(
      fc.property(
        fc.nat(running().length),
        fc.array(aCommand, { minLength: 1, maxLength: 25 }),
        (head, tail) => {
          let events: readonly CaseEvent[] = [];
          for (const next of [...running().slice(0, head), ...tail]) {
            const led = attempt(next, events);
            if (led === undefined) continue;
            for (const { type } of led) accepted.add(type);
            events = [...events, ...frozen(led)];
            expect(caseStatus(frozen(fold(childCase, events)))).toMatch(/^[A-Z_]+$/);
          }
        },
      ),
      { numRuns: 150, seed: 20261124 },
    );
    // A history of refusals only would prove nothing.
    expect(accepted.size).toBeGreaterThan(18);
  });
});
