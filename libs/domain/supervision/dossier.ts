/** The dossier: a case as the five plain questions that a supervisor asks, each with the entries that the answer rests on. */
import type { LocalDate } from '../kernel/dates.js';
import { wasConsentThere } from './dossier/consent.js';
import { didTheMeasureWork } from './dossier/effect.js';
import type { DossierQuestion, KnownFact } from './dossier/finding.js';
import { wasTheChildHeard } from './dossier/heard.js';
import { wasTheDecisionReasoned } from './dossier/reasons.js';
import { wasTimeKept } from './dossier/time.js';

export { ANSWERS, type Answer, type DossierQuestion, type KnownFact } from './dossier/finding.js';

/**
 * `facts`: the events of one case as they are known, in the order of the stream; `on`: the day that is asked about, by which
 * what is still undone is late and what still runs needs consent.
 */
export const dossierQuestions = (facts: readonly KnownFact[], on: LocalDate): readonly DossierQuestion[] => [
  wasTheChildHeard(facts),
  wasTimeKept(facts, on),
  wasConsentThere(facts, on),
  didTheMeasureWork(facts),
  wasTheDecisionReasoned(facts),
];
