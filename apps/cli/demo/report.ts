/** The outcome as one JSON document, for checks (contract section 4). */
import { itemsOf, type Json } from './client.js';
import { isOk, type Actual, type PlayedStory } from './step.js';
import { HISTORY } from './stories/reading.js';

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
  /** As the service shows them now: neither clock is set. */
  readonly histories: readonly {
    readonly caseId: string | null;
    readonly knownAt: null;
    readonly validAt: null;
    readonly events: readonly Json[];
  }[];
  /** Nothing reports figures yet. */
  readonly report: {
    readonly municipality: string;
    readonly year: number;
    readonly position: string | null;
    readonly indicators: readonly never[];
  };
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
  const positions = stories.flatMap(({ steps }) => steps.map(({ actual }) => actual.position ?? ''));
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
    histories: stories.map((played) => ({
      caseId: played.caseId,
      knownAt: null,
      validAt: null,
      events: itemsOf(played.steps.find(({ step }) => step.path === HISTORY)?.answer),
    })),
    report: {
      municipality,
      year: Number(today.slice(0, 4)),
      // Positions have a fixed width, so the last of them as text is the last of them.
      position: positions.sort().at(-1) || null,
      indicators: [],
    },
    differences,
  };
}

export const differencesIn = (stories: readonly PlayedStory[]): DemoReport['differences'] =>
  stories.flatMap(({ story, steps }) =>
    steps.flatMap(({ step, differences }) =>
      differences.map((what) => ({ story: story.id, step: step.title, what })),
    ),
  );
