/** What a step takes from the answers before it. Where there are none, an id or an instant that is nobody's. */
import { itemsOf, textIn, type Json } from './client.js';
import type { Played, PlayedStep } from './step.js';

const NOBODYS = '00000000-0000-4000-8000-000000000000';
const NEVER = '2023-01-01T00:00:00.000Z';

/** The id of the last event of the type that the story recorded. */
export const eventOf = (played: Played, type: string): string =>
  played.flatMap(({ actual }) => actual.events).findLast((event) => event.type === type)?.eventId ?? NOBODYS;

/** The cases that the story opened, in order. */
export const caseOf = (played: Played, index: number): string => casesOf(played)[index] ?? NOBODYS;

const casesOf = (played: Played): readonly string[] => [
  ...new Set(played.flatMap(({ answer }) => opened(answer).map((one) => textIn(one, 'caseId') ?? NOBODYS))),
];

const opened = (answer: Json): readonly Json[] => {
  const cases = typeof answer === 'object' && answer !== null && 'commandId' in answer && 'cases' in answer;
  return cases && Array.isArray(answer.cases) ? (answer.cases as readonly Json[]) : [];
};

/** When the last entry of the last history was recorded: the service's own clock, and not ours. */
export const lastRecorded = (played: Played): string =>
  textIn(itemsOf(lastHistory(played)?.answer).at(-1), 'recordedAt') ?? NEVER;

export const lastHistory = (played: Played): PlayedStep | undefined =>
  played.findLast(({ step }) => step.command === 'GetCaseHistory');
