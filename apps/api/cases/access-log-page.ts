import type { AccessLogItem } from '#forlop/read-models';
import { escapeHtml, htmlPage } from '../http/html.js';
import type { Listing } from '../http/page-answer.js';

const PURPOSES: Readonly<Record<string, string>> = {
  TJENSTLIG: 'arbeid med saken',
  INNSYN: 'innsyn',
  TILSYN: 'tilsyn',
  RAPPORT: 'rapport',
};

const VIEWS: Readonly<Record<string, string>> = {
  'GET /cases': 'listen over saker',
  'GET /cases/{caseId}': 'oversikten over saken',
  'GET /cases/{caseId}/history': 'saksforløpet',
  'GET /cases/{caseId}/audit-trail': 'sporingsloggen',
  'GET /cases/{caseId}/documents': 'dokumentlisten',
  'GET /cases/{caseId}/access-log': 'denne loggen',
  'GET /access-requests/{requestId}/package': 'innsynspakken',
  'GET /supervisions/{supervisionId}': 'tilsynets gjennomgang',
};

/** Who has read the case, as a page for the person concerned. Times are those of the log, in UTC. */
export function accessLogPage({ items, next }: Listing<AccessLogItem>): string {
  const rows = items.map((item) => `<tr>${cellsOf(item).map(cell).join('')}</tr>`);
  const heads = ['Når (UTC)', 'Hvem', 'Rolle', 'Virksomhet', 'Hva', 'Formål', 'Slapp inn'];
  return htmlPage(
    'Hvem har lest saken',
    `<h1>Hvem har lest saken</h1>
<p>Hver gang noen leser saken, eller prøver på det, blir det skrevet her.</p>
<table>
<thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
${items.length === 0 ? '<p>Ingen har lest saken.</p>' : ''}
${next === undefined ? '' : `<p>Loggen har flere linjer. Neste del begynner etter ${escapeHtml(next)}.</p>`}`,
  );
}

const cell = (text: string): string => `<td>${escapeHtml(text)}</td>`;

const cellsOf = ({ accessedAt, who, onBehalfOf, role, org, what, purpose, decision }: AccessLogItem) => [
  accessedAt.slice(0, 19).replace('T', ' '),
  onBehalfOf === undefined ? who : `${who} for ${onBehalfOf}`,
  role,
  org,
  VIEWS[what?.view ?? ''] ?? what?.view ?? '',
  PURPOSES[purpose ?? ''] ?? purpose ?? '',
  decision === 'PERMIT' ? 'ja' : 'nei',
];
