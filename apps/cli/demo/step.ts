/** What a story is made of, before and after it is played. */
import type { Flag, LawReference, LocalDate, Role, Slug } from '#forlop/domain';
import type { Json } from './client.js';

/** What the service is expected to answer. */
export interface Expected {
  readonly status: number;
  /** The slug of the problem; absent where the step is accepted. */
  readonly kode?: Slug;
  /** Types of the events, in order; none of a read or a refusal. */
  readonly events?: readonly string[];
  /** Slugs of the flags, in order. */
  readonly flags?: readonly string[];
}

/** What a step may learn from those before it; empty when the story is only looked through. */
export type Played = readonly PlayedStep[];

/**
 * One request, as data. In the path, `{caseId}` is the case that the story opened, the first of them if it opened several, and
 * `{kommunenr}` the municipality of the story.
 */
export interface Step {
  /** What a person would say happens, in bokmål. */
  readonly title: string;
  /** When it happened in the story. */
  readonly on: LocalDate;
  readonly as: Role;
  readonly command: string;
  readonly method: 'GET' | 'POST';
  /** Below `/api/v1`. */
  readonly path: string | ((played: Played) => string);
  readonly body?: object | ((played: Played) => object);
  readonly headers?: Readonly<Record<string, string>>;
  readonly expected: Expected;
  /** What else is wrong with the answer of a read, in words; empty when nothing is. */
  readonly check?: (answer: Json, played: Played, text: string) => readonly string[];
  /** Told before in another story: shown in short. */
  readonly prelude?: boolean;
  /** What of the answer is worth showing below the table, in lines. */
  readonly show?: (answer: Json, text: string, played: Played) => readonly string[];
}

export interface Story {
  readonly id: string;
  readonly title: string;
  /** One or two lines for the reader. */
  readonly about: string;
  /** Who must have a token besides caseworker and leader. */
  readonly cast?: readonly Role[];
  readonly steps: readonly Step[];
}

export interface AcceptedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly streamId: string;
}

/** What the service answered. */
export interface Actual {
  readonly status: number;
  readonly kode: string | null;
  readonly lovhjemmel: readonly LawReference[];
  readonly events: readonly AcceptedEvent[];
  readonly position: string | null;
}

export interface PlayedStep {
  readonly step: Step;
  /** With the ids in place. */
  readonly path: string;
  readonly actual: Actual;
  readonly flags: readonly Flag[];
  /** The whole answer. */
  readonly answer: Json;
  readonly text: string;
  /** What differs from what was expected, in words. */
  readonly differences: readonly string[];
}

export interface PlayedStory {
  readonly story: Story;
  readonly caseId: string | null;
  readonly steps: readonly PlayedStep[];
}

/** The body as it is sent. */
export const bodyOf = ({ body }: Step, played: Played): object | undefined =>
  typeof body === 'function' ? (body as (played: Played) => object)(played) : body;

export const pathOf = ({ path }: Step, played: Played): string =>
  typeof path === 'function' ? path(played) : path;

export const isOk = ({ differences }: PlayedStep): boolean => differences.length === 0;
