import type { FastifyReply, FastifyRequest } from 'fastify';

/** Text as HTML: nothing that is shown can become markup. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Forms of an answer, by media type. */
const FORMS = { json: 'application/json', html: 'text/html', csv: 'text/csv' } as const;
type Form = keyof typeof FORMS;

/** The form that the client likes best of those offered; without a word of them, it gets JSON. */
function preferredForm(request: FastifyRequest, offered: readonly Form[]): Form {
  const accept = request.headers.accept ?? '';
  const liked = (form: Form) => weightOf(accept, FORMS[form]);
  return offered.reduce<Form>((best, form) => (liked(form) > liked(best) ? form : best), 'json');
}

/** The q-value that `Accept` gives a media type by name; 0 for one that it does not name. */
function weightOf(accept: string, type: string): number {
  const range = accept.split(',').find((each) => each.split(';')[0]?.trim().toLowerCase() === type);
  if (range === undefined) return 0;
  const weight = /;\s*q=([\d.]+)/i.exec(range)?.[1];
  return weight === undefined ? 1 : Number(weight) || 0;
}

interface Forms<T> {
  readonly json: () => T;
  readonly html: () => string;
  readonly csv?: () => string;
}

/** Answers in one of the forms; `vary` because the same address gives them all. */
export function negotiated<T>(request: FastifyRequest, reply: FastifyReply, forms: Forms<T>): T | string {
  void reply.header('vary', 'Accept');
  const form = preferredForm(request, forms.csv === undefined ? ['html'] : ['html', 'csv']);
  if (form === 'json') return forms.json();
  void reply.type(`${FORMS[form]}; charset=utf-8`);
  return form === 'csv' && forms.csv !== undefined ? forms.csv() : forms.html();
}

/** A whole page in bokmål. `title` is text, `body` is HTML. */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #ccc; }
section { border-top: 2px solid #444; margin-top: 2rem; break-inside: avoid; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.withheld { border-left: .3rem solid #7a4b00; padding-left: .8rem; background: #fff6e5; }
.proof { color: #444; font-size: .85rem; overflow-wrap: anywhere; }
</style>
</head>
<body>
${body}
</body>
</html>
`;
