import { describe, expect, it } from '@jest/globals';
import type { Counted } from '#forlop/domain';
import { INDICATOR_IDS, reportFigures } from '#forlop/domain';
import { barChart } from './chart.js';
import { markup } from './markup.js';
import { reportAsCsv, reportAsJson } from './render-data.js';
import { reportAsHtml } from './render-html.js';
import type { ReportSource } from './view.js';
import { differencesBetween, viewOf } from './view.js';

const counts = (over: Readonly<Record<string, Counted>> = {}) =>
  reportFigures(
    new Map<string, Counted>(
      Object.entries({
        Q1: { numerator: 41 },
        Q2: { numerator: 2, denominator: 38 },
        Q5: { numerator: 6, denominator: 48 },
        Q4: { numerator: 48 },
        Q6: { numerator: 20, denominator: 48 },
        Q16: { numerator: 12, median: 8.5 },
        ...over,
      }),
    ),
  );

const source: ReportSource = {
  municipality: '3411',
  year: 2026,
  figures: counts(),
  asOf: { storeId: 'store', position: 'pg:00000000000000000042' },
  from: '2026-01-01',
  until: '2026-12-31',
  view: 'reported',
  status: 'APPROVED',
  generatedOn: '2027-01-15',
  approvedOn: '2027-02-01',
  textChapters: { '1': 'Vi <b>fikk</b> til mer.\n\nOg "mer" & bedre.' },
  other: counts({ Q1: { numerator: 45 } }),
  years: [{ year: 2025, figures: counts({ Q1: { numerator: 30 }, Q5: { numerator: 2, denominator: 48 } }) }],
};

describe('a report as data', () => {
  it('has every indicator once, and no number of a hidden one', () => {
    const { indicators } = viewOf(source);
    expect(indicators.map(({ id }) => id)).toEqual(INDICATOR_IDS);
    expect(indicators.find(({ id }) => id === 'Q2')).toMatchObject({
      numerator: null,
      denominator: null,
      value: null,
      suppressed: true,
    });
    expect(indicators.find(({ id }) => id === 'Q5')).toMatchObject({
      numerator: 6,
      denominator: 48,
      value: 0.125,
      suppressed: false,
    });
    expect(indicators.find(({ id }) => id === 'Q16')).toMatchObject({
      numerator: null,
      denominator: null,
      value: 8.5,
    });
  });

  it('lists what is known otherwise now, and says which indicators cannot be counted yet', () => {
    const view = viewOf(source);
    expect(view.differences).toEqual([
      {
        id: 'Q1',
        reported: { numerator: 41, denominator: null, value: 41, suppressed: false },
        known: { numerator: 45, denominator: null, value: 45, suppressed: false },
      },
    ]);
    expect(view.notYetComputable.map(({ id }) => id)).toEqual(expect.arrayContaining(['Q19', 'Q21', 'Q23']));
    expect(JSON.parse(reportAsJson(source))).toEqual(view);
  });

  it('tells reported from known whichever of them is shown', () => {
    const known = viewOf({
      ...source,
      view: 'known',
      figures: source.other ?? counts(),
      other: source.figures,
    });
    expect(known.differences).toEqual(viewOf(source).differences);
  });

  it('shows a part that only one side has against 0', () => {
    const refused = counts({ Q22: { numerator: 9 }, 'Q22.FVL1967-19-1-d': { numerator: 5 } });
    expect(differencesBetween(counts({ Q22: { numerator: 9 } }), refused)).toMatchObject([
      { id: 'Q22', part: 'FVL1967-19-1-d', reported: { value: 0 }, known: { value: 5 } },
    ]);
  });

  it('as CSV has a row for each figure, dots for a hidden one, and nothing that a spreadsheet would run', () => {
    const lines = reportAsCsv(source).split('\r\n');
    expect(lines[0]).toBe('\ufeffkommune,aar,visning,indikator,del,navn,teller,nevner,verdi,skjult');
    expect(lines).toContain('3411,2026,reported,Q1,,Meldinger mottatt,41,,41,nei');
    expect(lines).toContain('3411,2026,reported,Q2,,Henlagte meldinger,..,..,..,ja');
    expect(lines.at(-1)).toBe('');
    expect(reportAsCsv({ ...source, municipality: '=1+1' })).toContain("'=1+1");
  });
});

describe('a report as a page', () => {
  const page = reportAsHtml(source);

  it('is in bokmål, with its chapters escaped', () => {
    expect(page).toContain('<html lang="nb">');
    expect(page).toContain(
      '<p>Vi &lt;b&gt;fikk&lt;/b&gt; til mer.</p><p>Og &quot;mer&quot; &amp; bedre.</p>',
    );
    expect(page).toContain('<h2>1. Oppsummering</h2>');
    expect(page).toContain('<h3>Q5 Fristbrudd i undersøkelser: 12,5 %</h3>');
    expect(page).toContain('Det som er endret etter rapporten');
  });

  it('has a chart for each indicator, with the years in words for those who do not see it', () => {
    expect(page.match(/<svg /g)).toHaveLength(INDICATOR_IDS.length);
    expect(page).toContain('<desc id="q1-d">2025: 30; 2026: 41</desc>');
    expect(page).toContain('<desc id="q5-d">2025: skjult; 2026: 12,5 %</desc>');
  });

  it('runs no script and asks nothing of another place', () => {
    expect(page).not.toMatch(/<script|https?:|\son\w+=|@import/);
  });

  it('shows nothing of a hidden figure', () => {
    const one = reportAsHtml({ ...source, figures: counts({ Q1: { numerator: 1 } }) });
    const three = reportAsHtml({ ...source, figures: counts({ Q1: { numerator: 3 } }) });
    expect(one).toBe(three);
    expect(one).toContain('<h3>Q1 Meldinger mottatt: ..</h3>');
  });

  it('has ids that stand once', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a bar chart', () => {
  it('draws the bars to scale, and hatches the year of the report', () => {
    const svg = barChart(
      'q1',
      'A',
      [
        { year: 2025, value: 10, hidden: false, label: '10', current: false },
        { year: 2026, value: 40, hidden: false, label: '40', current: true },
      ],
      { most: 40 },
    ).markup;
    expect(
      [...svg.matchAll(/class="bar"[^>]* height="([\d.]+)" fill="([^"]+)"/g)].map((m) => m.slice(1)),
    ).toEqual([
      ['24', 'none'],
      ['96', 'url(#q1-p)'],
    ]);
  });

  it('is drawn also when there is nothing in it', () => {
    const svg = barChart('q1', 'A', [{ year: 2026, value: null, hidden: false, label: '–', current: true }], {
      most: 0,
    });
    expect(svg.markup).not.toMatch(/NaN|Infinity/);
  });

  it('shows how high it could be, where that says something', () => {
    const bars = [{ year: 2026, value: 0.5, hidden: false, label: '50 %', current: true }];
    expect(barChart('q2', 'A', bars, { most: 1, label: '100 %' }).markup).toContain('>100 %</text>');
    expect(barChart('q1', 'A', bars, { most: 1 }).markup).not.toContain('class="ceiling"');
  });
});

describe('markup with values', () => {
  it('escapes texts and leaves markup', () => {
    expect(markup`<a title="${`"'<&>`}">${markup`<b>${'x<y'}</b>`}${[markup`1`, markup`2`]}</a>`.markup).toBe(
      '<a title="&quot;&#39;&lt;&amp;&gt;"><b>x&lt;y</b>12</a>',
    );
  });
});
