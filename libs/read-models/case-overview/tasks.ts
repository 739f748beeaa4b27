/** What is left to do in a case on a day. Pure. */
import type { LocalDate } from '#forlop/domain';
import type { Item } from './item.js';
import { dataOf, ofKind } from './item.js';

export interface TaskView {
  readonly kind: string;
  readonly rule: string;
  readonly dueOn: LocalDate;
  /** Id of the event that asks for it. */
  readonly causedBy: string;
  /** Whether its day has passed. */
  readonly overdue: boolean;
  /** What it concerns, where a rule speaks of a measure that lost its consent. */
  readonly measureId?: string;
  readonly consentId?: string;
}

type Task = Omit<TaskView, 'overdue'>;

/** @param today in Oslo */
export const tasksOf = (items: readonly Item[], today: LocalDate): readonly TaskView[] =>
  ofKind(items, 'task')
    .map(({ document }) => document as unknown as Task)
    .filter((task) => task.rule !== '16' || isAffected(task, items))
    .map((task) => ({ ...task, overdue: task.dueOn < today }));

/**
 * Rule 16: a voluntary measure that is decided and has not ended has lost a consent to it, and no petition was sent since.
 * Whether that is so hangs on other things of the case than the event that asked for it.
 */
function isAffected({ measureId, consentId }: Task, items: readonly Item[]): boolean {
  const facts = ofKind(items, 'measure').find(({ key }) => key === measureId)?.document ?? {};
  const runs = 'decidedOn' in facts && !('endedOn' in facts) && facts['voluntary'] !== false;
  const consent = ofKind(items, 'consent').find(({ key }) => key === consentId);
  if (!runs || consent === undefined) return false;
  const [given] = dataOf(consent, 'ConsentGiven');
  const [withdrawn] = dataOf(consent, 'ConsentWithdrawn');
  return given?.kind === 'TILTAK' && withdrawn !== undefined && !isPetitioned(items, withdrawn.on);
}

const isPetitioned = (items: readonly Item[], since: LocalDate): boolean =>
  ofKind(items, 'investigation')
    .flatMap((item) => dataOf(item, 'InvestigationConcluded'))
    .some(({ outcome, concludedOn }) => outcome === 'BEGJAERING' && concludedOn >= since);
