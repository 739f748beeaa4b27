import { describe, expect, it } from '@jest/globals';
import { fold, type Command } from '../kernel/decider.js';
import type { CommandDefinition } from '../kernel/definition.js';
import { checkBody } from '../kernel/body.js';
import { checkShape } from '../kernel/check.js';
import { RuleBroken } from '../kernel/errors.js';
import { frozen } from '../child-case/test/given.fixture.js';
import type {
  ApproveStateReport,
  GenerateStateReport,
  PresentStateReport,
  StateReportCommand,
} from './commands.js';
import { stateReportCommands } from './commands.js';
import {
  StateReportGenerated,
  stateReportEvents,
  stateReportStream,
  type StateReportEvent,
} from './events.js';
import { reportFigures } from './figures.js';
import { stateReport } from './state-report.js';

const TODAY = '2027-03-10';
const KEY = { municipality: '3401', year: 2026 } as const;
const AS_OF = {
  storeId: 'a1b2c3',
  position: 'pg:00000000000000000042',
  lastEventId: 'b0000000-0000-4000-8000-000000000001',
} as const;
const FIGURES = reportFigures(new Map([['Q1', { numerator: 12 }]]));

const context = { now: `${TODAY}T11:00:00Z`, today: TODAY, municipality: '3401' } as const;
const leader = {
  ...context,
  by: { subjectId: 'leder-1', role: 'LEDER', orgNumber: '0192:999999999' },
} as const;
const director = {
  ...context,
  by: { subjectId: 'direktor-1', role: 'KOMMUNEDIREKTOR', orgNumber: '0192:999999999' },
} as const;

const generate = (over: Partial<Command<typeof GenerateStateReport>['data']> = {}): StateReportCommand => ({
  type: 'GenerateStateReport',
  data: { ...KEY, on: '2027-01-15', asOf: AS_OF, ...FIGURES, chaptersNaming: [], ...over },
  context: leader,
});
const approve = (over: Partial<Command<typeof ApproveStateReport>['data']> = {}): StateReportCommand => ({
  type: 'ApproveStateReport',
  data: { ...KEY, on: '2027-02-01', ...over },
  context: director,
});
const present = (over: Partial<Command<typeof PresentStateReport>['data']> = {}): StateReportCommand => ({
  type: 'PresentStateReport',
  data: { ...KEY, meetingDate: '2027-03-10', body: 'Kommunestyret', ...over },
  context: director,
});

const given = (...history: readonly StateReportCommand[]) => ({
  when(command: StateReportCommand) {
    const events: StateReportEvent[] = [];
    for (const earlier of history) events.push(...stateReport.decide(earlier, fold(stateReport, events)));
    const outcome = () => stateReport.decide(frozen(command), frozen(fold(stateReport, events)));
    return {
      then: (...expected: readonly object[]) => expect(outcome()).toMatchObject(expected),
      thenBroken: (expected: object) => {
        try {
          outcome();
        } catch (error) {
          expect(error).toBeInstanceOf(RuleBroken);
          expect(error).toMatchObject(expected);
          return;
        }
        throw new Error('The command was accepted');
      },
    };
  },
});

describe('a report', () => {
  it('is generated with its figures and where they were taken', () => {
    given()
      .when(generate())
      .then({ type: 'StateReportGenerated', data: { ...KEY, on: '2027-01-15', asOf: AS_OF, ...FIGURES } });
  });

  it('is of today when no date is given', () => {
    const { on: _, ...data } = generate().data as Command<typeof GenerateStateReport>['data'];
    given()
      .when({ type: 'GenerateStateReport', data, context: leader })
      .then({ data: { on: TODAY } });
  });

  it('may be generated again and again until it is presented', () => {
    given(generate(), generate()).when(generate()).then({ type: 'StateReportGenerated' });
    given(generate(), approve()).when(generate()).then({ type: 'StateReportGenerated' });
  });

  it('is generated again after it was presented only for a reason', () => {
    const presented = [generate(), approve(), present()];
    given(...presented)
      .when(generate())
      .thenBroken({ slug: 'already-done' });
    given(...presented)
      .when(generate({ reason: ' ' }))
      .thenBroken({ slug: 'already-done' });
    given(...presented)
      .when(generate({ reason: 'To saker var ført på feil år' }))
      .then({ type: 'StateReportGenerated', data: { reason: 'To saker var ført på feil år' } });
  });

  it('needs a reason also the second time after it was presented', () => {
    given(generate(), approve(), present(), generate({ reason: 'Rettet' }))
      .when(generate())
      .thenBroken({ slug: 'already-done' });
  });

  it('is not of a year that has not begun, nor made in the future', () => {
    given()
      .when(generate({ year: 2028 }))
      .thenBroken({ slug: 'date-out-of-order' });
    given()
      .when(generate({ on: '2027-03-11' }))
      .thenBroken({ slug: 'date-in-future' });
  });

  it('of another municipality is not there', () => {
    given()
      .when(generate({ municipality: '3411' }))
      .thenBroken({ slug: 'not-found' });
  });
});

describe('a report holds nothing that points to a child (rule 59)', () => {
  it('is refused with an identity number in a chapter', () => {
    given()
      .when(generate({ textChapters: { '1': 'Et godt år.', '4': 'Saken til 13891450006 viser det.' } }))
      .thenBroken({
        slug: 'small-cells',
        rule: '59',
        feil: [{ felt: '/textChapters/4', regel: 'personal-data' }],
      });
  });

  it('is refused with a chapter in which a name of the case files was found', () => {
    given()
      .when(generate({ textChapters: { '2': 'Familien fikk hjelp.' }, chaptersNaming: [2] }))
      .thenBroken({ slug: 'small-cells', rule: '59', feil: [{ felt: '/textChapters/2' }] });
  });

  it('never repeats the text', () => {
    try {
      stateReport.decide(generate({ textChapters: { '4': 'Se 13891450006' } }), stateReport.initialState);
    } catch (error) {
      expect(JSON.stringify(error)).not.toMatch(/13891450006/);
      return;
    }
    throw new Error('The command was accepted');
  });

  it('is refused with a small figure that is not hidden', () => {
    const indicators = FIGURES.indicators.map((one) => (one.id === 'Q1' ? { ...one, numerator: 3 } : one));
    given().when(generate({ indicators })).thenBroken({ slug: 'small-cells', rule: '59' });
  });

  it('is refused when the list of hidden cells does not tell of all', () => {
    const { indicators } = reportFigures(new Map([['Q1', { numerator: 3 }]]));
    given()
      .when(generate({ indicators, suppressedCells: [] }))
      .thenBroken({ slug: 'small-cells' });
  });
});

describe('approval and presentation', () => {
  it('approves what was generated, by the one who sends it', () => {
    given(generate())
      .when(approve())
      .then({ type: 'StateReportApproved', data: { ...KEY, approvedBy: 'direktor-1', on: '2027-02-01' } });
  });

  it('needs a generated report', () => {
    given().when(approve()).thenBroken({ slug: 'not-found' });
    given().when(present()).thenBroken({ slug: 'not-found' });
  });

  it('is done once for each version', () => {
    given(generate(), approve()).when(approve()).thenBroken({ slug: 'already-done' });
    given(generate(), approve(), generate()).when(approve()).then({ type: 'StateReportApproved' });
  });

  it('comes before presentation, and falls when the report is generated anew', () => {
    given(generate()).when(present()).thenBroken({ slug: 'no-decision' });
    given(generate(), approve(), generate()).when(present()).thenBroken({ slug: 'no-decision' });
    given(generate(), approve())
      .when(present())
      .then({ type: 'StateReportPresented', data: { body: 'Kommunestyret' } });
  });

  it('is presented once for each version', () => {
    given(generate(), approve(), present()).when(present()).thenBroken({ slug: 'already-done' });
  });

  it('keeps the order of its dates', () => {
    given(generate())
      .when(approve({ on: '2027-01-14' }))
      .thenBroken({ slug: 'date-out-of-order' });
    given(generate(), approve())
      .when(present({ meetingDate: '2027-01-31' }))
      .thenBroken({ slug: 'date-out-of-order' });
    given(generate(), approve())
      .when(present({ meetingDate: '2027-03-11' }))
      .thenBroken({ slug: 'date-in-future' });
  });
});

describe('the shapes', () => {
  it.each(Object.values(stateReportCommands))('the example of $type is a valid body', (definition) => {
    expect(checkBody(definition as CommandDefinition, definition.example)).toEqual([]);
  });

  it('refuse what the service computes', () => {
    const errors = checkBody(stateReportCommands.GenerateStateReport, {
      indicators: [],
      asOf: AS_OF,
      suppressedCells: [],
    });
    expect(errors.map(({ regel }) => regel)).toEqual(['computed-field', 'computed-field', 'computed-field']);
  });

  it('take every figure that can be counted', () => {
    const data = {
      ...KEY,
      on: TODAY,
      asOf: AS_OF,
      ...reportFigures(
        new Map([
          ['Q22', { numerator: 9 }],
          ['Q22.FVL1967-19-1-d', { numerator: 5 }],
          ['Q16', { numerator: 6, median: 3.5 }],
          ['Q1', { numerator: 2 }],
        ]),
      ),
    };
    expect(checkShape(StateReportGenerated.shape, data, 'whole')).toEqual([]);
  });

  it('are of a stream per municipality and year', () => {
    expect(stateReportStream('3401', 2026)).toBe('statereport-3401-2026');
    expect(Object.keys(stateReportEvents)).toHaveLength(3);
  });
});
