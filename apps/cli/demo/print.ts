/** The outcome for a person: one table a story, the refusals in full, an excerpt of the audit trail, totals. */
import type { Json } from './client.js';
import type { Outcome } from './report.js';
import { differencesIn } from './report.js';
import { isOk, type PlayedStep, type PlayedStory } from './step.js';
import { shortDate } from './story-days.js';
import { AUDIT_TRAIL } from './stories/reading.js';
import { table, wrapped } from './table.js';
import { trailExcerpt } from './trail-excerpt.js';

const WIDTH = 100;
const INDENT = '    ';

export const heading = ({
  url,
  storeId,
  municipality,
}: Omit<Outcome, 'stories' | 'today'>): readonly string[] => [
  '',
  'FORLØP · saker fra praksis, spilt over HTTP',
  `${url} · kommune ${municipality} · lager ${storeId ?? 'ukjent'}`,
];

/** @param number of the story, from 1; @param withTrail whether the audit trail is shown as well */
export function storyLines(played: PlayedStory, number: number, withTrail: boolean): readonly string[] {
  const { story, steps } = played;
  const trail = steps.find(({ step }) => step.path === AUDIT_TRAIL)?.answer;
  return [
    '',
    '═'.repeat(WIDTH),
    `${number}  ${story.title}`,
    ...wrapped(story.about, WIDTH - INDENT.length).map((line) => `${INDENT}${line}`),
    '',
    ...stepTable(steps),
    ...steps.flatMap(refusalLines),
    ...shownLines(steps),
    ...(withTrail && trail !== undefined ? ['', ...trailExcerpt(trail)] : []),
  ];
}

const stepTable = (steps: readonly PlayedStep[]): readonly string[] =>
  table(
    [
      { head: '' },
      { head: 'Dato' },
      { head: 'Hvem' },
      { head: 'Hva skjer', most: 50 },
      { head: 'Svar' },
      { head: 'Hendelse eller avslag' },
    ],
    [...preludeRow(steps.filter(isFolded)), ...steps.filter((step) => !isFolded(step)).map(stepRow)],
  );

/** A prelude is shown in short as long as it goes as expected. */
const isFolded = (played: PlayedStep): boolean => played.step.prelude === true && isOk(played);

function preludeRow(steps: readonly PlayedStep[]): readonly (readonly string[])[] {
  const last = steps.at(-1);
  if (last === undefined) return [];
  const events = steps.flatMap(({ actual }) => actual.events).length;
  const what = `${steps.length} trinn fra melding til tiltaket er i gang`;
  return [['✓', shortDate(last.step.on), '', what, '', `${events} hendelser`]];
}

const stepRow = (played: PlayedStep): readonly string[] => [
  isOk(played) ? '✓' : '✗',
  shortDate(played.step.on),
  ROLES[played.step.as] ?? played.step.as.toLowerCase(),
  played.step.title,
  String(played.actual.status),
  outcomeOf(played),
];

const ROLES: Readonly<Record<string, string>> = {
  SAKSBEHANDLER: 'saksbehandler',
  LEDER: 'leder',
  OPPFOLGING: 'oppfølging',
  STATSFORVALTER: 'statsforvalter',
  KOMMUNEDIREKTOR: 'kommunedirektør',
};

function outcomeOf({ step, actual, flags }: PlayedStep): string {
  const types = actual.events.map(({ type }) => type);
  const events = [...new Set(types)].map((type) => counted(type, types)).join(' + ');
  const what = actual.kode ?? (step.method === 'GET' ? 'lest' : events);
  return [what, ...flags.map(({ slug }) => `⚑ ${slug}`)].join(' ');
}

function counted(type: string, types: readonly string[]): string {
  const times = types.filter((other) => other === type).length;
  return times === 1 ? type : `${times} × ${type}`;
}

/** What a client that was refused is told, as it was told. */
function refusalLines({ step, actual, answer }: PlayedStep): readonly string[] {
  if (actual.kode === null) return [];
  return ['', `${INDENT}Svaret på «${step.title}»:`, ...jsonLines(answer)];
}

/** What an answer that was given is worth showing for. */
const shownLines = (steps: readonly PlayedStep[]): readonly string[] =>
  steps.flatMap(({ step, answer, text, actual }, index) => {
    const lines = actual.status === 200 ? (step.show?.(answer, text, steps.slice(0, index)) ?? []) : [];
    return lines.length === 0
      ? []
      : ['', `${INDENT}${step.title}:`, '', ...lines.map((line) => `${INDENT}${line}`)];
  });

const jsonLines = (answer: Json): readonly string[] =>
  JSON.stringify(answer, null, 2)
    .split('\n')
    .map((line) => `${INDENT}${line}`);

export function totals({ stories }: Pick<Outcome, 'stories'>): readonly string[] {
  const steps = stories.flatMap((story) => story.steps);
  const events = steps.flatMap(({ actual }) => actual.events).length;
  const refusals = steps.filter(({ actual }) => actual.kode !== null).length;
  const differences = differencesIn(stories);
  const counts = `${stories.length} fortellinger · ${steps.length} trinn · ${events} hendelser · ${refusals} avslag`;
  return [
    '',
    '═'.repeat(WIDTH),
    differences.length === 0
      ? `✓ ${counts} · alt som ventet`
      : `✗ ${counts} · ${differences.length} avvik fra det som var ventet:`,
    ...differences.map(({ story, step, what }) => `${INDENT}✗ ${story} · ${step}: ${what}`),
    '',
  ];
}
