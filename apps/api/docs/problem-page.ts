import { problemKinds } from '../edge/problem-table.js';
import type { ProblemKind } from '../edge/problem-table.js';
import { escapeHtml } from '../http/html.js';

const row = ({ slug, status, title, explanation }: ProblemKind): string => {
  const cells = [
    `<code>${escapeHtml(slug)}</code>`,
    String(status),
    escapeHtml(title),
    escapeHtml(explanation),
  ].map((cell) => `<td>${cell}</td>`);
  return `<tr id="${escapeHtml(slug)}">${cells.join('')}</tr>`;
};

/** The page /docs/problems: every problem that an answer can be. */
export const problemPage = (): string => `<!doctype html>
<html lang="nb">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Forløp: problemer</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #ccc; }
tr:target { background: #fff3c4; }
</style>
<h1>Problemer</h1>
<p>Hvert avslag er <code>application/problem+json</code> (RFC 9457). <code>kode</code> er en av disse;
<code>type</code> er <code>urn:forlop:problem:</code> og koden. <a href="/docs">Tilbake til grensesnittet</a>.</p>
<table>
<thead><tr><th>kode</th><th>status</th><th>tittel</th><th>forklaring</th></tr></thead>
<tbody>
${problemKinds.map(row).join('\n')}
</tbody>
</table>
</html>
`;
