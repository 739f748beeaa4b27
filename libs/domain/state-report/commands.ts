/** Commands on a municipality's report of a year. */
import { subjectId } from '../access-log/events.js';
import type { Command } from '../kernel/decider.js';
import { defineCommand } from '../kernel/definition.js';
import { computed, date, integer, list, optional, text } from '../kernel/schema.js';
import { asOf, reportedIndicators, reportKey, suppressedCells, textChapters } from './events.js';

const PATH = ['municipality', 'year'] as const;

/** Lag tilstandsrapport: the figures are counted by the service and handed in. */
export const GenerateStateReport = defineCommand({
  type: 'GenerateStateReport',
  norwegian: 'Lag tilstandsrapport',
  emits: ['StateReportGenerated'],
  path: PATH,
  shape: {
    ...reportKey,
    /** Today when it is not given. */
    on: optional(date()),
    reason: optional(text()),
    textChapters: optional(textChapters()),
    asOf: computed(asOf()),
    indicators: computed(reportedIndicators()),
    suppressedCells: computed(suppressedCells()),
    /** Chapters in which the service found a name or an identifier of the case files. */
    chaptersNaming: computed(list(integer(1, 7))),
  },
  roles: ['LEDER'],
  rules: ['59', '60'],
  example: {
    textChapters: { '1': 'Flere undersøkelser ble avsluttet i tide enn året før.' },
  },
});

/** Godkjenn tilstandsrapport. */
export const ApproveStateReport = defineCommand({
  type: 'ApproveStateReport',
  norwegian: 'Godkjenn tilstandsrapport',
  emits: ['StateReportApproved'],
  path: PATH,
  /** Both are of the one who sends it, today, when they are not given. */
  shape: { ...reportKey, approvedBy: optional(subjectId()), on: optional(date()) },
  roles: ['KOMMUNEDIREKTOR'],
  rules: ['60'],
  example: { on: '2026-02-01' },
});

/** Legg fram tilstandsrapport. */
export const PresentStateReport = defineCommand({
  type: 'PresentStateReport',
  norwegian: 'Legg fram tilstandsrapport',
  emits: ['StateReportPresented'],
  path: PATH,
  shape: { ...reportKey, meetingDate: date(), body: text() },
  roles: ['KOMMUNEDIREKTOR'],
  rules: ['60'],
  example: { meetingDate: '2026-03-10', body: 'Kommunestyret' },
});

export type StateReportCommand =
  | Command<typeof GenerateStateReport>
  | Command<typeof ApproveStateReport>
  | Command<typeof PresentStateReport>;

export const stateReportCommands = { GenerateStateReport, ApproveStateReport, PresentStateReport } as const;
export type StateReportCommandType = keyof typeof stateReportCommands;
