import { STATUS_OF } from '#forlop/domain';
import { problemTexts } from './problem-texts.js';
import type { ProblemSlug } from './problem-texts.js';

/** A kind of problem: what its answers have in common, and what the page /docs/problems prints. */
export interface ProblemKind {
  readonly slug: ProblemSlug;
  readonly status: number;
  readonly title: string;
  readonly explanation: string;
}

/** Status of a mistake of ours; the domain knows no such thing. */
const INTERNAL_ERROR = 500;

export const problemKind = (slug: ProblemSlug): ProblemKind => {
  const [title, explanation] = problemTexts[slug];
  return {
    slug,
    status: slug === 'internal-error' ? INTERNAL_ERROR : STATUS_OF[slug],
    title,
    explanation,
  };
};

/** Every kind, by status and then in the order of the table. */
export const problemKinds: readonly ProblemKind[] = (Object.keys(problemTexts) as ProblemSlug[])
  .map(problemKind)
  .sort((a, b) => a.status - b.status);
