/** The people and the ids of a story. Ids are the client's own, so that a step can name what an earlier one made. */
import { createHash, randomUUID } from 'node:crypto';
import type { LocalDate } from '#forlop/domain';
import { syntheticPerson, type SyntheticPerson } from '../synthetic-person.js';

export interface Family {
  readonly child: SyntheticPerson;
  readonly mother: SyntheticPerson;
  readonly father: SyntheticPerson;
}

/** Names that nobody has, of the kind that Skatteetaten gives to people for tests. */
export const family = (last: string, childsAge: number, today: LocalDate): Family => ({
  child: syntheticPerson('Nysgjerrig', last, childsAge, today),
  mother: syntheticPerson('Tålmodig', last, 38, today),
  father: syntheticPerson('Omtenksom', last, 41, today),
});

export interface CaseIds {
  readonly referral: string;
  readonly investigation: string;
  readonly investigationPlan: string;
  readonly decision: string;
  readonly document: string;
}

export const caseIds = (): CaseIds => ({
  referral: randomUUID(),
  investigation: randomUUID(),
  investigationPlan: randomUUID(),
  decision: randomUUID(),
  document: randomUUID(),
});

/** Of the bytes of a letter; the demo has no letter, so it takes its title. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
