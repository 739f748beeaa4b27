/** Was the decision reasoned (bvl §12-5): the six texts, why this measure, and a document in the journal. */
import { DECISION_TEXTS } from '../../child-case/fields.js';
import { isBlank } from '../../child-case/decide/basics.js';
import { DECISION_TEXT_NAMES } from '../../child-case/decide/texts.js';
import { isJudged } from '../../law/rulesets.js';
import { answered, ofType, type DossierQuestion, type Finding, type KnownFact } from './finding.js';

interface Reasoned {
  readonly eventId: string;
  readonly on: string;
  readonly documentId: string | undefined;
  readonly missing: readonly string[];
}

type Texts = { readonly [T in (typeof DECISION_TEXTS)[number]]?: string };
const missingTexts = (data: Texts): readonly string[] =>
  DECISION_TEXTS.filter((text) => isBlank(data[text])).map((text) => DECISION_TEXT_NAMES[text]);

/** Decisions on measures, and a henleggelse, which is a decision too. */
const decisions = (facts: readonly KnownFact[]): readonly Reasoned[] => [
  ...ofType(facts, 'MeasureDecided').map(({ eventId, data }) => ({
    eventId,
    on: data.decidedOn,
    documentId: data.documentId,
    missing: [
      ...missingTexts(data),
      ...(data.decisionType !== 'OPPHORT' && isBlank(data.whyThisMeasure)
        ? ['hvorfor nettopp dette tiltaket']
        : []),
    ],
  })),
  ...ofType(facts, 'InvestigationConcluded')
    .filter(({ data }) => data.outcome?.startsWith('HENLAGT') ?? false)
    .map(({ eventId, data }) => ({
      eventId,
      on: data.concludedOn,
      documentId: data.documentId,
      missing: missingTexts(data),
    })),
];

export function wasTheDecisionReasoned(facts: readonly KnownFact[]): DossierQuestion {
  const journal = new Map(ofType(facts, 'DocumentJournaled').map((d) => [d.data.documentId, d.eventId]));
  const findings = decisions(facts)
    .filter(({ on }) => isJudged(on))
    .map(({ eventId, on, documentId, missing }): Finding => {
      const document = documentId === undefined ? undefined : journal.get(documentId);
      const lacking = [...missing, ...(document === undefined ? ['dokumentet i journalen'] : [])];
      return {
        held: lacking.length === 0,
        evidence: [eventId, ...(document === undefined ? [] : [document])],
        ...(lacking.length === 0 ? {} : { remark: `Vedtaket ${on} mangler ${lacking.join(', ')}.` }),
      };
    });
  return answered(
    {
      id: 'begrunnet',
      question: 'Var vedtaket begrunnet?',
      counted: 'vedtak har alt som kreves i begrunnelsen, og står i journalen',
      nothing: 'Ingen vedtak er truffet.',
    },
    findings,
    facts,
  );
}
