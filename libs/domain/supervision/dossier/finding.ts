/** How the dossier comes to its answers: findings, each with what it rests on, summed up to one word. */
import type { CaseEvent, CaseEventOf, CaseEventType } from '../../child-case/events.js';

/** An event of the case as it is known: corrected, without what is retracted, in the order of the stream. */
export interface KnownFact {
  readonly eventId: string;
  readonly event: CaseEvent;
}

export const ANSWERS = ['JA', 'NEI', 'DELVIS', 'IKKE_AKTUELT'] as const;
export type Answer = (typeof ANSWERS)[number];

export interface DossierQuestion {
  readonly id: string;
  /** Bokmål. */
  readonly question: string;
  readonly answer: Answer;
  /** Bokmål, without personal data: numbers, dates and what is missing. */
  readonly explanation: string;
  /** Ids of the events that the answer rests on, in the order of the case. */
  readonly evidence: readonly string[];
}

/** One thing that was to be as the question asks. */
export interface Finding {
  /** `undefined`: it cannot be said yet. */
  readonly held: boolean | undefined;
  /** What there is to say of it when it was not held, or cannot be said. */
  readonly remark?: string;
  readonly evidence: readonly string[];
}

interface Asked {
  readonly id: string;
  readonly question: string;
  /** What was counted, in the plural: «avgjørelser». */
  readonly counted: string;
  /** Said where there was nothing to judge. */
  readonly nothing: string;
}

/** JA when every finding holds, NEI when none does, DELVIS in between, IKKE_AKTUELT when nothing can be said. */
export function answered(
  { id, question, counted, nothing }: Asked,
  findings: readonly Finding[],
  facts: readonly KnownFact[],
): DossierQuestion {
  const judged = findings.filter(({ held }) => held !== undefined);
  const held = judged.filter((finding) => finding.held === true).length;
  const remarks = [...new Set(findings.flatMap(({ remark }) => (remark === undefined ? [] : [remark])))];
  const sum = judged.length === 0 ? nothing : `${held} av ${judged.length} ${counted}.`;
  const cited = new Set(findings.flatMap(({ evidence }) => evidence));
  return {
    id,
    question,
    answer: answerOf(held, judged.length),
    explanation: [sum, ...remarks].join(' '),
    evidence: facts.map(({ eventId }) => eventId).filter((eventId) => cited.has(eventId)),
  };
}

function answerOf(held: number, judged: number): Answer {
  if (judged === 0) return 'IKKE_AKTUELT';
  if (held === judged) return 'JA';
  return held === 0 ? 'NEI' : 'DELVIS';
}

/** An event of one type, with its id. */
export interface FactOf<T extends CaseEventType> {
  readonly eventId: string;
  readonly data: CaseEventOf<T>['data'];
}

/** The events of a type. */
export const ofType = <T extends CaseEventType>(facts: readonly KnownFact[], type: T): readonly FactOf<T>[] =>
  facts.flatMap(({ eventId, event }) => (isOf(event, type) ? [{ eventId, data: event.data }] : []));

const isOf = <T extends CaseEventType>(event: CaseEvent, type: T): event is Extract<CaseEvent, { type: T }> =>
  event.type === type;
