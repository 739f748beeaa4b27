import { createHash } from 'node:crypto';
import {
  caseAfter,
  caseEvents,
  correctionEvents,
  foldedCase,
  FOLDED_CASE_VERSION,
  noCase,
} from '#forlop/domain';
import type { CaseFact, FoldedCase } from '#forlop/domain';
import { entriesOf } from '../case-stream.js';
import { clearDataIn } from '../codec.js';
import type { Folding } from './standing.js';

/** The versions of the events that it is folded from: with a new one, an upcaster may say something else of the old. */
const EVENTS = createHash('sha256')
  .update(
    Object.values({ ...caseEvents, ...correctionEvents })
      .map(({ type, schemaVersion }) => `${type}:${schemaVersion}`)
      .sort()
      .join(),
  )
  .digest('hex')
  .slice(0, 8);

/** How a case is kept from one command to the next. */
export const caseFolding: Folding<FoldedCase> = {
  version: `childcase.${FOLDED_CASE_VERSION}.${EVENTS}`,
  initial: { state: noCase, corrected: false },
  whole: (events) => foldedCase(entriesOf(events)),
  after: (folded, event) => caseAfter(folded, event as CaseFact),
  subjectOf: (first) => (clearDataIn(first) as { readonly childRef: string }).childRef,
};
