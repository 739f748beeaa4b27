/** The outcome as one JSON document, for checks (contract section 4). */
import { itemsOf, listIn, member, textIn, type Json } from './client.js';
import { isOk, type Actual, type PlayedStep, type PlayedStory } from './step.js';

interface Indicator {
  readonly id: string | null;
  readonly numerator: Json;
  readonly denominator: Json;
  readonly value: Json;
  readonly suppressed: Json;
}

export interface DemoReport {
  readonly ok: boolean;
  readonly service: { readonly url: string; readonly storeId: string | null };
  readonly stories: readonly {
    readonly id: string;
    readonly title: string;
    readonly ok: boolean;
    readonly steps: readonly {
      readonly command: string;
      readonly method: string;
      readonly path: string;
      readonly expected: { readonly status: number; readonly kode: string | null };
      readonly actual: Actual;
      readonly ok: boolean;
    }[];
  }[];
  /** Every history that was read, by its clocks; a clock that was not set is null. */
  readonly histories: readonly {
    readonly caseId: string | null;
    readonly knownAt: string | null;
    readonly validAt: string | null;
    readonly events: readonly Json[];
    /** Where it was compared with another instant: what the case tells differently. */
    readonly differences?: readonly Json[];
  }[];
  /** The last report that was read, and where its figures were taken; without one, the last position. */
  readonly report: {
    readonly municipality: string;
    readonly year: number;
    readonly position: string | null;
    readonly indicators: readonly Indicator[];
    /** As reported beside as now known. */
    readonly differences: readonly Json[];
  };
  /** What was answered otherwise than expected. */
  readonly differences: readonly { readonly story: string; readonly step: string; readonly what: string }[];
}

export interface Outcome {
  readonly url: string;
  readonly storeId: string | null;
  readonly municipality: string;
  readonly today: string;
  readonly stories: readonly PlayedStory[];
}

export function reportOf({ url, storeId, municipality, today, stories }: Outcome): DemoReport {
  const differences = differencesIn(stories);
  const steps = stories.flatMap((story) => story.steps);
  return {
    ok: differences.length === 0,
    service: { url, storeId },
    stories: stories.map(({ story, steps }) => ({
      id: story.id,
      title: story.title,
      ok: steps.every(isOk),
      steps: steps.map((played) => ({
        command: played.step.command,
        method: played.step.method,
        path: `/api/v1${played.path}`,
        expected: { status: played.step.expected.status, kode: played.step.expected.kode ?? null },
        actual: played.actual,
        ok: isOk(played),
      })),
    })),
    histories: steps.filter(isHistory).map(historyOf),
    report: yearReport({ municipality, today }, steps),
    differences,
  };
}

const isHistory = ({ step, actual }: PlayedStep): boolean =>
  step.command === 'GetCaseHistory' && actual.status === 200;

const HISTORY = /^\/cases\/([^/]+)\/history(?:\?(.*))?$/;

function historyOf({ path, answer }: PlayedStep): DemoReport['histories'][number] {
  const [, caseId = null, query = ''] = HISTORY.exec(path) ?? [];
  const clocks = new URLSearchParams(query);
  return {
    caseId,
    knownAt: clocks.get('knownAt'),
    validAt: clocks.get('validAt'),
    events: itemsOf(answer),
    ...(clocks.has('comparedTo') ? { differences: listIn(answer, 'differences') } : undefined),
  };
}

function yearReport(
  { municipality, today }: Pick<Outcome, 'municipality' | 'today'>,
  steps: readonly PlayedStep[],
): DemoReport['report'] {
  const last = steps.findLast(
    ({ step, actual, answer }) =>
      step.command === 'GetStateReport' && actual.status === 200 && listIn(answer, 'indicators').length > 0,
  )?.answer;
  const year = member(last, 'year');
  // Positions have a fixed width, so the last of them as text is the last of them.
  const written = steps
    .map(({ actual }) => actual.position ?? '')
    .sort()
    .at(-1);
  return {
    municipality,
    year: typeof year === 'number' ? year : Number(today.slice(0, 4)),
    position: textIn(member(last, 'asOf'), 'position') ?? (written || null),
    indicators: listIn(last, 'indicators').map(indicatorOf),
    differences: listIn(last, 'differences'),
  };
}

const indicatorOf = (indicator: Json): Indicator => ({
  id: textIn(indicator, 'id'),
  numerator: member(indicator, 'numerator') ?? null,
  denominator: member(indicator, 'denominator') ?? null,
  value: member(indicator, 'value') ?? null,
  suppressed: member(indicator, 'suppressed') ?? false,
});

export const differencesIn = (stories: readonly PlayedStory[]): DemoReport['differences'] =>
  stories.flatMap(({ story, steps }) =>
    steps.flatMap(({ step, differences }) =>
      differences.map((what) => ({ story: story.id, step: step.title, what })),
    ),
  );
