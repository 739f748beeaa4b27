/** HTML and SVG that cannot hold what was not meant: every value that is put in is escaped. Pure. */

/** Markup, as opposed to text. */
export class Markup {
  constructor(readonly markup: string) {}
}

type Put = string | number | Markup | readonly Markup[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const markupOf = (value: Put): string =>
  value instanceof Markup
    ? value.markup
    : typeof value === 'object'
      ? value.map(({ markup }) => markup).join('')
      : escaped(String(value));

/** Markup with values in it: texts and numbers are escaped, markup is not. */
export const markup = (parts: TemplateStringsArray, ...values: readonly Put[]): Markup =>
  new Markup(parts.reduce((before, part, index) => before + markupOf(values[index - 1] ?? '') + part));

/** Paragraphs of a text that somebody wrote: an empty line begins a new one. */
export const paragraphs = (text: string): readonly Markup[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => markup`<p>${paragraph}</p>`);
