/** Rules 18 and 52: what every decision holds, and that its document stands in the journal. */
import type { LocalDate } from '../../kernel/dates.js';
import { ruleBroken } from '../../law/rules.js';
import { DECISION_TEXTS } from '../fields.js';
import type { OpenCase } from '../state.js';
import { fieldError, isBlank } from './basics.js';

type Texts = { readonly [T in (typeof DECISION_TEXTS)[number]]?: string };

/** What each is called in bokmål, in the definite form. */
export const DECISION_TEXT_NAMES: { readonly [T in (typeof DECISION_TEXTS)[number]]: string } = {
  facts: 'de faktiske opplysningene',
  professionalAssessment: 'de barnevernsfaglige vurderingene',
  childOpinion: 'barnets mening',
  weightGiven: 'vekten barnets mening er tillagt',
  bestInterests: 'vurderingen av barnets beste',
  familyTies: 'vurderingen av hensynet til familiebånd',
};

/** Throws `decision-incomplete` with every missing part in `feil`. */
export function assertComplete(decision: Texts, on: LocalDate): void {
  const missing = DECISION_TEXTS.filter((text) => isBlank(decision[text]));
  if (missing.length === 0) return;
  throw ruleBroken('18', {
    on,
    detail: `Vedtaket mangler ${missing.map((text) => DECISION_TEXT_NAMES[text]).join(', ')}.`,
    feil: missing.map((text) => fieldError(text, 'required', `Skriv ${DECISION_TEXT_NAMES[text]}.`)),
  });
}

/** Throws `decision-not-journaled`. */
export function assertJournaled(state: OpenCase, documentId: string | undefined, on: LocalDate): void {
  if (documentId !== undefined && state.ids[documentId] === 'document') return;
  throw ruleBroken('52', {
    on,
    detail: 'Vedtaksdokumentet er ikke journalført i saken.',
    feil: [fieldError('/documentId', 'unknown', 'Vis til et dokument som er journalført i saken.')],
  });
}
