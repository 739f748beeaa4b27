// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** The yearly account of the child welfare service (tilstandsrapport): generated, approved, presented (bvl §15-3). */
import { position, subjectId } from '../access-log/events.js';
import { defineEvent, type EventOf } from '../kernel/definition.js';
import { provision } from '../kernel/law-reference.js';
import {
  boolean,
  date,
  id,
  integer,
  list,
  oneOf,
  optional,
  record,
  reference,
  text,
  type Infer,
} from '../kernel/schema.js';
import { municipalityNumber } from '../kernel/shapes.js';
import { INDICATOR_IDS, INDICATORS, PROVISION_KEY } from './indicators.js';

export const stateReportStream = (municipality: string, year: number): string =>
  `statereport-${municipality}-${year}`;

/** What the report is about: the URL names both. */
export const reportKey = { municipality: municipalityNumber(), year: integer(2000, 2199) } as const;
export type StateReportKey = Infer<typeof reportKey>;

const PART_KEYS = Object.values(INDICATORS).flatMap(({ parts }) => Object.keys(parts ?? {}));
const partKey = () =>
  reference(
    new RegExp(`^(?:${PART_KEYS.join('|')})$|${PROVISION_KEY.source}`),
    'delen av indikatoren, som «INGEN_EFFEKT»',
    'INGEN_EFFEKT',
  );

/** Numbers of a figure; none where it is suppressed. */
const figure = {
  numerator: optional(integer(0, 10_000_000)),
  denominator: optional(integer(0, 10_000_000)),
  /** Of figures in days. */
  medianDays: optional(reference(/^\d{1,6}(?:\.5)?$/, 'dager, hele eller halve', '12.5')),
  suppressed: boolean(),
};

export const reportedIndicators = () =>
  list(
    record({
      id: oneOf(INDICATOR_IDS),
      ...figure,
      parts: optional(list(record({ key: partKey(), ...figure }))),
    }),
    1,
  );

export const suppressedCells = () =>
  list(record({ indicator: oneOf(INDICATOR_IDS), part: optional(partKey()) }));

/** Where in the store the figures were taken. `lastEventId`: the last of the municipality's own by then, if there is one. */
export const asOf = () =>
  record({
    storeId: reference(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$/, 'hendelseslagerets id', 'a1b2c3'),
    position: position(),
    lastEventId: optional(id()),
  });

/** Chapters of Bufdir's template, 1 summary to 7 priorities and measures. */
export const textChapters = () =>
  record({
    '1': optional(text()),
    '2': optional(text()),
    '3': optional(text()),
    '4': optional(text()),
    '5': optional(text()),
    '6': optional(text()),
    '7': optional(text()),
  });

const ACCOUNT = [provision('BVL2021', '15-3', 5)];

/** Tilstandsrapport laget. */
export const StateReportGenerated = defineEvent({
  type: 'StateReportGenerated',
  schemaVersion: 1,
  norwegian: 'Tilstandsrapport laget',
  summary:
    'The figures of a year were taken at a position of the store, and are answered from here for ever.',
  aggregate: 'statereport',
  legalDate: 'on',
  law: ACCOUNT,
  shape: {
    ...reportKey,
    on: date(),
    /** Why it is made anew after it was presented. */
    reason: optional(text()),
    asOf: asOf(),
    indicators: reportedIndicators(),
    suppressedCells: suppressedCells(),
    textChapters: optional(textChapters()),
  },
  journalRelevant: false,
});

/** Tilstandsrapport godkjent. */
export const StateReportApproved = defineEvent({
  type: 'StateReportApproved',
  schemaVersion: 1,
  norwegian: 'Tilstandsrapport godkjent',
  summary: 'The municipality’s chief executive approved the report as it was last generated.',
  aggregate: 'statereport',
  legalDate: 'on',
  law: ACCOUNT,
  shape: { ...reportKey, approvedBy: subjectId(), on: date() },
  journalRelevant: false,
});

/** Tilstandsrapport lagt fram. */
export const StateReportPresented = defineEvent({
  type: 'StateReportPresented',
  schemaVersion: 1,
  norwegian: 'Tilstandsrapport lagt fram',
  summary: 'The approved report was laid before the municipal council, as the law asks once a year.',
  aggregate: 'statereport',
  legalDate: 'meetingDate',
  law: ACCOUNT,
  shape: { ...reportKey, meetingDate: date(), body: text() },
  journalRelevant: false,
});

export type StateReportEvent =
  | EventOf<typeof StateReportGenerated>
  | EventOf<typeof StateReportApproved>
  | EventOf<typeof StateReportPresented>;

export const stateReportEvents = { StateReportGenerated, StateReportApproved, StateReportPresented } as const;
