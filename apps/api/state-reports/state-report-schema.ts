import { INDICATOR_IDS } from '#forlop/domain';

const text = { type: 'string' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const date = { type: 'string', format: 'date' } as const;
const dateOrNone = { type: ['string', 'null'], format: 'date' } as const;
const number = { type: ['number', 'null'], description: 'Null where it is hidden, or of nothing' } as const;
const indicator = { type: 'string', enum: [...INDICATOR_IDS] } as const;

const figure = {
  numerator: number,
  denominator: number,
  value: number,
  suppressed: { type: 'boolean', description: 'Hidden: 1–3, or what would give such a number away' },
} as const;
const numbers = ['numerator', 'denominator', 'value', 'suppressed'] as const;
const kind = { type: 'string', enum: ['COUNT', 'SHARE', 'DAYS'] } as const;
const shown = { type: 'object', required: numbers, properties: figure } as const;

const indicators = {
  type: 'array',
  items: {
    type: 'object',
    required: ['id', 'name', 'kind', ...numbers],
    properties: {
      id: indicator,
      name: text,
      kind,
      ...figure,
      parts: {
        type: 'array',
        items: {
          type: 'object',
          required: ['key', 'name', 'kind', ...numbers],
          properties: { key: text, name: text, kind, ...figure },
        },
      },
    },
  },
} as const;
const period = { type: 'object', required: ['from', 'to'], properties: { from: date, to: date } } as const;
const asOf = {
  type: 'object',
  required: ['storeId', 'position'],
  properties: { storeId: text, position: text, lastEventId: uuid },
} as const;
const status = { type: ['string', 'null'], enum: ['GENERATED', 'APPROVED', 'PRESENTED', null] } as const;

const version = {
  status,
  generatedOn: dateOrNone,
  approvedOn: dateOrNone,
  presentedOn: dateOrNone,
  period,
  asOf,
  indicators,
} as const;

export const stateReportSchema = {
  type: 'object',
  required: ['municipality', 'year', 'view', 'status', 'period', 'asOf', 'indicators', 'differences'],
  properties: {
    municipality: { type: 'string', pattern: '^\\d{4}$' },
    year: { type: 'integer' },
    view: { type: 'string', enum: ['reported', 'known'] },
    ...version,
    notYetComputable: {
      type: 'array',
      items: { type: 'object', required: ['id', 'reason'], properties: { id: text, reason: text } },
    },
    differences: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'reported', 'known'],
        properties: { id: indicator, part: text, reported: shown, known: shown },
      },
    },
    textChapters: { type: 'object', additionalProperties: text },
    earlierVersions: {
      type: 'array',
      description: 'Generated before this one, each from its own pin; of `reported`',
      items: { type: 'object', required: ['status', 'asOf', 'indicators'], properties: version },
    },
  },
} as const;

const hidden = { numerator: null, denominator: null, value: null, suppressed: true };
const late = { numerator: 5, denominator: 20, value: 0.25, suppressed: false };

export const stateReportExample = {
  municipality: '3401',
  year: 2026,
  view: 'known',
  status: 'PRESENTED',
  generatedOn: '2027-01-15',
  approvedOn: '2027-02-01',
  presentedOn: '2027-03-10',
  period: { from: '2026-01-01', to: '2026-12-31' },
  asOf: { storeId: 'a1b2c3', position: 'pg:00000000000000000042' },
  indicators: [
    {
      id: 'Q4',
      name: 'Undersøkelser avsluttet',
      kind: 'COUNT',
      ...late,
      numerator: 20,
      denominator: null,
      value: 20,
    },
    { id: 'Q5', name: 'Fristbrudd i undersøkelser', kind: 'SHARE', ...late },
    { id: 'Q6', name: 'Undersøkelser som gir tiltak', kind: 'SHARE', ...hidden },
  ],
  notYetComputable: [{ id: 'Q21', reason: 'Klager registreres ikke ennå.' }],
  differences: [{ id: 'Q5', reported: { ...late, numerator: 6, value: 0.3 }, known: late }],
  textChapters: {},
  earlierVersions: [],
};

export const stateReportCsvExample = [
  'kommune,aar,visning,indikator,del,navn,teller,nevner,verdi,skjult',
  '3401,2026,reported,Q5,,Fristbrudd i undersøkelser,5,20,0.25,nei',
  '3401,2026,reported,Q6,,Undersøkelser som gir tiltak,..,..,..,ja',
  '',
].join('\r\n');

export const eventBehindSchema = {
  type: 'object',
  required: ['eventId', 'position', 'type', 'figures'],
  properties: {
    eventId: uuid,
    position: text,
    type: text,
    caseId: { ...uuid, description: 'Absent for a request for access' },
    figures: { type: 'array', items: text, description: 'Figures of the indicator that it counts in' },
  },
} as const;

export const eventsBehindExample = {
  items: [
    {
      eventId: 'a3b1c0de-0001-4000-8000-000000000001',
      position: 'pg:00000000000000000017',
      type: 'InvestigationConcluded',
      caseId: 'a3b1c0de-0001-4000-8000-000000000002',
      figures: ['Q5'],
    },
  ],
};
