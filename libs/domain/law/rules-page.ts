/** The page of all rules, and how a test says which of them it shows. */
import { cited } from './cited.js';
import type { DatedLaw, RuleFacts } from './rule.js';
import { RULE_NUMBERS, RULES, type RuleNumber } from './rules.js';
import { JUDGED_FROM } from './rulesets.js';

/** A test that shows a rule. */
export interface RuleTest {
  /** Path from the root of the project, with `/`. */
  readonly file: string;
  /** The title of its `describe`, and its own. */
  readonly title: string;
}

export type RuleTests = ReadonlyMap<string, readonly RuleTest[]>;

/** Rules that are known and not judged yet, and why: they alone may be shown by no test. */
export const NOT_JUDGED_YET: Readonly<Partial<Record<RuleNumber, string>>> = {
  '28': 'Orders of the tribunal are not recorded yet; until then rule 27 refuses every ordered measure.',
  '35': 'A recommendation of the guide: weekly statuses are recorded, and a missing one is not flagged.',
  '60': 'Presentation is recorded; that a year went by without one is an alarm that nobody raises yet.',
};

const TITLED = /^( *)(describe|it)(?:\.each\([^]*?\))?\(\s*(['"`])([^]*?)\3/gm;
const NUMBERS = /\((?:rule )?(\d{2}b?(?:, \d{2}b?)*)\)/g;

/**
 * The rules that the tests of a file show: those whose numbers stand in parentheses in the title of the test or of its
 * `describe`, as in `'comes once (40)'` or `'is assessed (55, 57)'`. A `describe` with a number stands for its tests.
 */
export function rulesShownIn(spec: string): readonly { readonly rule: string; readonly title: string }[] {
  let group = '';
  return [...spec.matchAll(TITLED)].flatMap(([, indent, kind, , title = '']) => {
    const whole = kind === 'it' && group !== '' ? `${group}: ${title}` : title;
    if (kind === 'describe' && indent === '') group = title;
    return [...title.matchAll(NUMBERS)].flatMap(([, numbers = '']) =>
      numbers.split(', ').map((rule) => ({ rule, title: whole })),
    );
  });
}

const HEAD = ['Rule', 'Title', 'Rests on', 'Valid', 'Severity', 'Refused with', 'Flagged with', 'Shown by'];

/** The page as Markdown. */
export function renderRulesPage(tests: RuleTests): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = [
    row(HEAD),
    row(HEAD.map(() => '---')),
    ...RULE_NUMBERS.map((rule) => row(cellsOf(rule, tests))),
  ];
  return `${[INTRODUCTION, table.join('\n'), '## Tests by rule', ...RULE_NUMBERS.map((rule) => testsOf(rule, tests))].join('\n\n')}\n`;
}

const INTRODUCTION = `# Rules

Generated from \`libs/domain/law\` and from the titles of the tests; do not edit. The number is the one that a problem
(\`regel\`) or a flag (\`rule\`) holds. A **hard** rule (H) refuses, a **soft** one (S) accepts and flags, H/S does either, by what
is broken or when. A fact is judged by the rules of its own legal date, from ${JUDGED_FROM} on; a rule that came later says so.
A test shows a rule when the number stands in parentheses in its title.`;

function cellsOf(number: RuleNumber, tests: RuleTests): readonly string[] {
  const rule: RuleFacts = RULES[number];
  const shown = tests.get(number) ?? [];
  return [
    number,
    rule.title,
    restsOn(rule),
    validOf(rule.law),
    rule.severity,
    coded(rule.rejects),
    coded(rule.flags),
    shownBy(number, shown),
  ];
}

/** The first test by its title; all of them stand below. */
function shownBy(number: RuleNumber, [first, ...more]: readonly RuleTest[]): string {
  if (first === undefined) return `[not judged yet](#rule-${number})`;
  return `[${first.title}](#rule-${number})${more.length === 0 ? '' : ` and ${more.length} more`}`;
}
const coded = (slugs: readonly string[]): string =>
  slugs.length === 0 ? '–' : slugs.map((slug) => `\`${slug}\``).join(' ');

function restsOn({ law, lawOfSlug = {}, kilde }: RuleFacts): string {
  const ofSlugs = Object.entries(lawOfSlug)
    .filter(([, own]) => own.length > 0)
    .map(([slug, own]) => `${own.map(cited).join(', ')} (\`${slug}\`)`);
  return [...law.map(cited), ...ofSlugs, ...(kilde === undefined ? [] : [kilde])].join('; ');
}

/** From the first day on which any of its law holds, to the last. */
function validOf(law: readonly DatedLaw[]): string {
  const froms = law.map(({ validFrom = JUDGED_FROM }) => validFrom).sort();
  const from = froms[0] ?? JUDGED_FROM;
  const ends = law.map(({ validTo }) => validTo).filter((to) => to !== undefined);
  return `${from} – ${law.length > 0 && ends.length === law.length ? (ends.sort().at(-1) ?? '') : ''}`.trimEnd();
}

function testsOf(number: RuleNumber, tests: RuleTests): string {
  const shown = tests.get(number) ?? [];
  const lines = shown.map(({ file, title }) => `- ${title} — [${nameOf(file)}](../${file})`);
  return [`### Rule ${number}`, lines.length === 0 ? (NOT_JUDGED_YET[number] ?? '–') : lines.join('\n')].join(
    '\n\n',
  );
}

const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
