import { allEvents } from '#forlop/domain';
import type { JsonObject } from '#forlop/domain';
import { escapeHtml, htmlPage } from '../http/html.js';

type Value = JsonObject[string] | undefined;

/** The package as a page to read: the manifest and nothing besides, so the same package is the same page. */
export function packagePage(manifest: JsonObject, packageHash: string): string {
  const { requestId, receivedOn, caseIds, asOf } = manifest;
  const entries = listOf(manifest['entries']);
  const body = [
    '<h1>Innsyn i saken</h1>',
    `<p>Begjæringen kom ${escaped(receivedOn)}. Pakken har ${entries.length} innføringer.</p>`,
    decisionPart(objectOf(manifest['decision'])),
    undecidedPart(entries.filter(({ result }) => result === 'IKKE_AVGJORT').length),
    ...entries.map(entryPart),
    '<section><h2>Bevis</h2>',
    definitions([
      ['Begjæring', requestId],
      ['Saker', listText(caseIds)],
      ['Hendelseslager', objectOf(asOf)['storeId']],
      ['Posisjon', objectOf(asOf)['position']],
      ['Pakkens SHA-256', packageHash],
    ]),
    '</section>',
  ];
  return htmlPage('Innsyn i saken', body.join('\n'));
}

const OUTCOMES: Readonly<Record<string, string>> = {
  FULL: 'Alt er gitt.',
  DELVIS: 'Noe er holdt tilbake.',
  NEKTET: 'Innsyn er nektet.',
  IKKE_AVGJORT: 'Ikke avgjort, og derfor ikke vist.',
};

const outcome = (result: Value): string => OUTCOMES[textOf(result)] ?? '';

function decisionPart(decision: JsonObject): string {
  const { decidedOn, outcome: result, complaintDueOn } = decision;
  const grounds = listOf(decision['refusalBasis']).map(({ text }) => `<li>${escaped(text)}</li>`);
  return [
    `<p><strong>Avgjort ${escaped(decidedOn)}: ${escapeHtml(outcome(result))}</strong></p>`,
    grounds.length === 0 ? '' : `<p>Holdt tilbake etter:</p><ul>${grounds.join('')}</ul>`,
    complaintDueOn === undefined
      ? ''
      : `<p>Avgjørelsen kan påklages til og med ${escaped(complaintDueOn)}.</p>`,
  ].join('\n');
}

/** What nobody has assessed is no part of the decision, and «alt» is not said of it. */
const undecidedPart = (count: number): string =>
  count === 0
    ? ''
    : `<p>${count === 1 ? 'Én innføring er ikke avgjort, og er' : `${count} innføringer er ikke avgjort, og er`} ikke vist.</p>`;

function entryPart(entry: JsonObject): string {
  const { number, name, legalDate, result, eventId, position, hash, archive, content, withheld } = entry;
  return [
    `<section><h2>${escaped(number)}. ${escaped(name)}, ${escaped(legalDate)}</h2>`,
    `<p>${escapeHtml(outcome(result))}</p>`,
    entry['retracted'] === true ? '<p>Trukket tilbake: innføringen gjelder ikke lenger.</p>' : '',
    content === undefined ? '' : contentPart(textOf(entry['type']), objectOf(content)),
    withheld === undefined ? '' : withheldPart(objectOf(withheld)),
    archive === undefined ? '' : archivePart(objectOf(archive)),
    `<p class="proof">Hendelse ${escaped(eventId)} · posisjon ${escaped(position)} · SHA-256 ${escaped(hash)}</p>`,
    '</section>',
  ].join('\n');
}

/** Every field by its name in the store, in the order of the event’s definition. */
function contentPart(type: string, content: JsonObject): string {
  const order = Object.keys(allEvents[type]?.shape ?? {});
  const names = Object.keys(content).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return definitions(names.map((name) => [name, readable(content[name])]));
}

function withheldPart({ ground, fields, untilInvestigationEnds, representative }: JsonObject): string {
  const lines = [
    ground === undefined ? '' : `Holdt tilbake etter ${textOf(objectOf(ground)['text'])}.`,
    fields === undefined || !Array.isArray(fields) || fields.length === 0
      ? ''
      : `Felt som er unntatt: ${listText(fields)}.`,
    untilInvestigationEnds === true ? 'Avslaget gjelder bare så lenge undersøkelsen pågår.' : '',
    representative === true
      ? 'En representant for parten kan gjøres kjent med det som er holdt tilbake.'
      : '',
  ].filter((line) => line !== '');
  return `<div class="withheld">${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}</div>`;
}

const archivePart = ({ reference, sha256 }: JsonObject): string =>
  `<p>Dokumentet ligger i kommunens arkiv${
    reference === undefined ? '' : ` som ${escaped(reference)}`
  }. SHA-256 av dokumentet: <span class="proof">${escaped(sha256)}</span></p>`;

const definitions = (rows: readonly (readonly [string, Value])[]): string =>
  `<dl>${rows.map(([term, value]) => `<dt>${escapeHtml(term)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;

/** A value as text: lists and records line by line, indented. */
function readable(value: Value, depth = 0): string {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value)) {
    return (value as readonly Value[])
      .map((item) => `${indent}– ${readable(item, depth + 1).trimStart()}`)
      .join('\n');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value as JsonObject)
      .map(([name, item]) => `${indent}${name}: ${nested(item, depth)}`)
      .join('\n');
  }
  return textOf(value);
}

const nested = (value: Value, depth: number): string =>
  typeof value === 'object' && value !== null ? `\n${readable(value, depth + 1)}` : textOf(value);

const textOf = (value: Value): string => {
  if (value === true) return 'ja';
  if (value === false) return 'nei';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
const escaped = (value: Value): string => escapeHtml(textOf(value));
const listText = (value: Value): string =>
  Array.isArray(value) ? (value as readonly Value[]).map(textOf).join(', ') : '';
const objectOf = (value: Value): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
const listOf = (value: Value): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Value[]).map(objectOf) : [];
