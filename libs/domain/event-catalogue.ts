/** Every event by type, and the page that says what each holds. */
import { accessLogEvents } from './access-log/events.js';
import { accessRequestEvents } from './access-request/events.js';
import { correctionEvents } from './child-case/corrections/events.js';
import { caseEvents } from './child-case/events.js';
import { deadlineEvents } from './deadline/events.js';
import type { AggregateName, EventDefinition } from './kernel/definition.js';
import { isPersonal, type Field, type Shape } from './kernel/schema.js';
import { cited } from './law/cited.js';
import { personEvents } from './person/events.js';
import { stateReportEvents } from './state-report/events.js';
import { supervisionEvents } from './supervision/events.js';

type AnyEvent = EventDefinition;

/** Definitions of all events by their stored type: the codec seals by them, the catalogue prints them. */
export const allEvents: Readonly<Record<string, AnyEvent>> = {
  ...personEvents,
  ...caseEvents,
  ...correctionEvents,
  ...deadlineEvents,
  ...accessRequestEvents,
  ...supervisionEvents,
  ...stateReportEvents,
  ...accessLogEvents,
};

const AGGREGATES: Readonly<Record<AggregateName, string>> = {
  person: 'Person — `person-{personId}`',
  childcase: 'ChildCase (barnevernssak) — `childcase-{caseId}`',
  deadline: 'Deadline (frist) — `deadline-{caseId}`, and `deadline-{requestId}` of a request for access',
  accessrequest: 'AccessRequest (innsynsbegjæring) — `accessrequest-{requestId}`',
  supervision: 'SupervisionAccess (tilsynssak) — `supervision-{supervisionId}`',
  statereport: 'StateReport (tilstandsrapport) — `statereport-{kommunenr}-{year}`',
  accesslog: 'AccessLog (innsynslogg) — `accesslog-{kommunenr or 0000}-{yyyy-mm-dd}`',
};

/** The event catalogue as Markdown. */
export function renderEventCatalogue(events: Readonly<Record<string, AnyEvent>> = allEvents): string {
  const sections = (Object.keys(AGGREGATES) as AggregateName[]).flatMap((aggregate) => {
    const own = Object.values(events).filter((event) => event.aggregate === aggregate);
    return own.length === 0 ? [] : [`## ${AGGREGATES[aggregate]}`, ...own.map(renderEvent)];
  });
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
}

const INTRODUCTION = `# Event catalogue

Generated from the definitions in \`libs/domain\`; do not edit. Every event also carries the envelope of
\`libs/domain/kernel/envelope.ts\`. A field is **required**, **optional**, required **by rule** (a rule of law refuses or flags
its absence) or **computed** by the service. A **sealed** field is encrypted with the key of the person it concerns: in a case
that is the child. Changes are additive; anything else is a new version and an upcaster.`;

function renderEvent(event: AnyEvent): string {
  const law = event.law.length === 0 ? '–' : event.law.map(cited).join(', ');
  return [
    `### ${event.type} — ${event.norwegian}`,
    event.summary,
    `Version ${event.schemaVersion} · legal date \`${event.legalDate}\` · law: ${law} · ` +
      `journal: ${event.journalRelevant ? 'yes' : 'no'}`,
    ['| Field | Kind | Presence | Sealed |', '| --- | --- | --- | --- |', ...rows(event.shape)].join('\n'),
  ].join('\n\n');
}

const rows = (shape: Shape, prefix = ''): readonly string[] =>
  Object.entries(shape).flatMap(([name, field]) => fieldRows(`${prefix}${name}`, field, presenceOf(field)));

function fieldRows(name: string, field: Field, presence: string): readonly string[] {
  if (field.kind === 'record') {
    if (field.open === true)
      return [row(name, 'fields of the entry, sealed as they are in it', presence, false)];
    const kind = field.orWord === undefined ? 'object' : `object or \`${field.orWord}\``;
    return [row(name, kind, presence, false), ...rows(field.fields, `${name}.`)];
  }
  if (field.kind === 'list') {
    const of = field.of;
    const least = field.min > 0 ? `, at least ${field.min}` : '';
    return of.kind === 'record'
      ? [row(`${name}[]`, `list of objects${least}`, presence, false), ...rows(of.fields, `${name}[].`)]
      : [row(`${name}[]`, `list of ${kindOf(of)}${least}`, presence, isPersonal(of))];
  }
  return [row(name, kindOf(field), presence, isPersonal(field))];
}

const row = (name: string, kind: string, presence: string, sealed: boolean): string =>
  `| \`${name}\` | ${kind} | ${presence} | ${sealed ? 'yes' : 'no'} |`;

function presenceOf(field: Field): string {
  const words = [
    ...(field.computed === true ? ['computed'] : []),
    ...(field.byRule === true ? ['by rule'] : field.optional === true ? ['optional'] : []),
  ];
  return words.length === 0 ? 'required' : words.join(', ');
}

function kindOf(field: Field): string {
  switch (field.kind) {
    case 'sealedDate':
      return 'date';
    case 'id':
      return field.of === 'person' ? 'id of a person' : 'id';
    case 'integer':
      return `integer ${field.min}–${field.max}`;
    case 'enum':
      return field.values.map((value) => `\`${value}\``).join(' ');
    case 'code':
      return `code of \`${field.list}\``;
    case 'reference':
      return `reference, e.g. \`${field.example}\``;
    default:
      return field.kind;
  }
}
