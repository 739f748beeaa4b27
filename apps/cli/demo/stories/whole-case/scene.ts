import { randomUUID } from 'node:crypto';
import type { LocalDate } from '#forlop/domain';
import { storyDays, type Day } from '../../story-days.js';
import { caseIds, family, type CaseIds, type Family } from '../cast.js';
import { storyMeasures, type StoryMeasures } from './measures.js';

/** Everything that the parts of the story have in common. Week 0 is the one in which the measures start. */
export interface Scene {
  readonly day: Day;
  readonly family: Family;
  readonly ids: CaseIds & {
    readonly plan: string;
    readonly sleepGoal: string;
    readonly schoolGoal: string;
    readonly measuresConsent: string;
    readonly schoolConsent: string;
    readonly nurseConsent: string;
    readonly firstEvaluation: string;
    readonly finalEvaluation: string;
  };
  readonly measures: StoryMeasures;
}

/** The last day of the story is in week 17. */
const WEEKS = 18;

export const newScene = (today: LocalDate): Scene => ({
  day: storyDays(today, WEEKS),
  family: family('Linerle', 11, today),
  ids: {
    ...caseIds(),
    plan: randomUUID(),
    sleepGoal: randomUUID(),
    schoolGoal: randomUUID(),
    measuresConsent: randomUUID(),
    schoolConsent: randomUUID(),
    nurseConsent: randomUUID(),
    firstEvaluation: randomUUID(),
    finalEvaluation: randomUUID(),
  },
  measures: storyMeasures(),
});
