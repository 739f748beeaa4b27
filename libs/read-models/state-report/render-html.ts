/** A report as a page in bokmål. Pure. */
import type { IndicatorId, LocalDate, ReportedFigures } from '#forlop/domain';
import { figureKey } from '#forlop/domain';
import { barChart, type Bar } from './chart.js';
import { markup, paragraphs, type Markup } from './markup.js';
import { HIDDEN } from './render-data.js';
import type { Difference, ReportSource, ReportView, ShownFigure, ShownIndicator } from './view.js';
import { shownFigure, viewOf } from './view.js';

/** Chapters of Bufdir's template. */
const CHAPTERS: Readonly<Record<string, string>> = {
  '1': 'Oppsummering',
  '2': 'Om barnevernet',
  '3': 'Om virksomheten og organiseringen',
  '4': 'Temaområder',
  '5': 'Samarbeid med andre sektorer',
  '6': 'Utfordringsbildet',
  '7': 'Innsatsområder og tiltak',
};

const STATUS = { GENERATED: 'Laget', APPROVED: 'Godkjent', PRESENTED: 'Lagt fram' } as const;

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{line-height:1.2}h2{border-bottom:2px solid #111;margin-top:2.5rem}section{break-inside:avoid}
table{border-collapse:collapse;margin:.5rem 0}th,td{border:1px solid #555;padding:.2rem .6rem;text-align:left}
td.n{text-align:right;font-variant-numeric:tabular-nums}dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1rem 1rem}dd{margin:0;overflow-wrap:anywhere}
.chart{display:block;max-width:100%;height:auto;font-size:12px}.bar{stroke:#111;stroke-width:1.5}.plain{fill:#fff}.hatch{stroke:#111;stroke-width:3}
.hidden{fill:none;stroke:#111;stroke-width:1.5;stroke-dasharray:3 3}.axis{stroke:#111}.ceiling{stroke:#555;stroke-width:.75;stroke-dasharray:1 4}text.current{font-weight:bold}.note{font-size:.9rem}`;

export function reportAsHtml(source: ReportSource): string {
  const view = viewOf(source);
  const title = `Tilstandsrapport for barnevernstjenesten ${view.year}`;
  return markup`<!doctype html>
    <html lang="nb">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${facts(view)} ${chapters(view)}
          <h2>Tallene</h2>
          <p class="note">
            «${HIDDEN}» er skjult: et tall fra 1 til 3, eller et tall det kan regnes ut av. 0 vises. Søylen
            for ${view.year} er skravert; en skjult søyle er stiplet og like høy uansett hva den skjuler.
          </p>
          ${view.indicators.map((indicator) => section(indicator, source))} ${notYet(view)}
          ${differences(view)}
        </main>
      </body>
    </html>
`.markup;
}

function facts({
  municipality,
  view,
  status,
  generatedOn,
  approvedOn,
  presentedOn,
  period,
  asOf,
}: ReportView): Markup {
  const row = (term: string, text: string | null) =>
    text === null
      ? markup``
      : markup`<dt>${term}</dt>
          <dd>${text}</dd>`;
  return markup`<dl>
    ${[
      row('Kommune', municipality),
      row('Visning', view === 'reported' ? 'Slik det ble rapportert' : 'Slik det er kjent nå'),
      row('Periode', `${norwegianDate(period.from)}–${norwegianDate(period.to)}`),
      row('Status', status === null ? null : STATUS[status]),
      row('Laget', dated(generatedOn)),
      row('Godkjent', dated(approvedOn)),
      row('Lagt fram', dated(presentedOn)),
      row('Tatt ved posisjon', asOf.position),
    ]}
  </dl>`;
}

const dated = (date: LocalDate | null): string | null => (date === null ? null : norwegianDate(date));
const norwegianDate = (date: LocalDate): string => date.split('-').reverse().join('.');

const chapters = ({ textChapters }: ReportView): readonly Markup[] =>
  Object.entries(CHAPTERS).flatMap(([chapter, name]) => {
    const text = textChapters[chapter];
    return text === undefined ? [] : [markup`<h2>${chapter}. ${name}</h2> `, ...paragraphs(text)];
  });

function section(indicator: ShownIndicator, source: ReportSource): Markup {
  const { id, name, parts = [] } = indicator;
  return markup`<section id="${id}">
    <h3>${id} ${name}: ${labelOf(indicator)}</h3>
    ${indicator.kind === 'SHARE' ? markup`<p class="note">${fraction(indicator)}</p>` : markup``}
    ${chart(indicator, source)} ${parts.length === 0 ? markup`` : partsTable(indicator)}
  </section> `;
}

const fraction = ({ numerator, denominator, suppressed }: ShownFigure): string =>
  suppressed ? `${HIDDEN} av ${HIDDEN}` : `${numerator ?? 0} av ${denominator ?? 0}`;

/** Shares have a column for what they are shares of. */
function partsTable({ id, parts = [] }: ShownIndicator): Markup {
  const withCounts = parts.some(({ kind }) => kind === 'SHARE');
  const counts = (cell: Markup): Markup => (withCounts ? cell : markup``);
  return markup`<table>
    <thead>
      <tr>
        <th scope="col">Del av ${id}</th>
        <th scope="col">Verdi</th>
        ${counts(markup`<th scope="col">Antall</th>`)}
      </tr>
    </thead>
    <tbody>
      ${parts.map(
        (part) =>
          markup`<tr>
            <th scope="row">${part.name}</th>
            <td class="n">${labelOf(part)}</td>
            ${counts(markup`<td class="n">${part.kind === 'SHARE' ? fraction(part) : ''}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function chart({ id, name, kind }: ShownIndicator, source: ReportSource): Markup {
  const years = new Map([
    ...(source.years ?? []).map(({ year, figures }): [number, ReportedFigures] => [year, figures]),
    [source.year, source.figures],
  ]);
  const bars = [...years]
    .sort(([a], [b]) => a - b)
    .map(([year, figures]): Bar => {
      const figure = mainFigure(figures, id);
      return {
        year,
        value: figure.value,
        hidden: figure.suppressed,
        label: labelOf({ ...figure, kind }),
        current: year === source.year,
      };
    });
  const scale =
    kind === 'SHARE'
      ? { most: 1, label: '100 %' }
      : { most: Math.max(0, ...bars.map(({ value }) => value ?? 0)) };
  return barChart(id.toLowerCase(), `${id} ${name} over årene`, bars, scale);
}

function mainFigure({ indicators }: ReportedFigures, id: IndicatorId): ShownFigure {
  const found = indicators.find((indicator) => indicator.id === id);
  return found === undefined
    ? { numerator: null, denominator: null, value: null, suppressed: false }
    : shownFigure(found);
}

/** A number as a Norwegian reads it; `–` where there is nothing to tell of. */
function labelOf({ value, suppressed, kind }: ShownFigure & Pick<ShownIndicator, 'kind'>): string {
  if (suppressed) return HIDDEN;
  if (value === null) return '–';
  if (kind === 'SHARE') return `${decimal(Math.round(value * 1000) / 10)} %`;
  if (kind === 'DAYS') return `${decimal(value)} ${value === 1 ? 'dag' : 'dager'}`;
  return decimal(value);
}

const decimal = (value: number): string => String(value).replace('.', ',');

const notYet = ({ notYetComputable }: ReportView): Markup =>
  markup`<h2>Ikke med ennå</h2>
    <ul>
      ${notYetComputable.map(({ id, reason }) => markup`<li>${id}: ${reason}</li>`)}
    </ul>`;

function differences(view: ReportView): Markup {
  if (view.differences.length === 0) {
    return view.view === 'known' && view.status !== null
      ? markup`<p>Ingenting er endret siden rapporten ble laget.</p>`
      : markup``;
  }
  return markup`<h2>Det som er endret etter rapporten</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Tall</th>
          <th scope="col">Slik det ble rapportert</th>
          <th scope="col">Slik det er kjent nå</th>
        </tr>
      </thead>
      <tbody>
        ${view.differences.map((difference) => differenceRow(difference, view))}
      </tbody>
    </table>`;
}

function differenceRow({ id, part, reported, known }: Difference, { indicators }: ReportView): Markup {
  const indicator = indicators.find((one) => one.id === id);
  const figure = part === undefined ? indicator : indicator?.parts?.find(({ key }) => key === part);
  const kind = figure?.kind ?? 'COUNT';
  return markup`<tr>
    <th scope="row">${figureKey(id)} ${figure?.name ?? part ?? ''}</th>
    <td class="n">${labelOf({ ...reported, kind })}</td>
    <td class="n">${labelOf({ ...known, kind })}</td>
  </tr>`;
}
