import { WrongExpectedRevision } from '#forlop/event-store';
import { isTransient } from '#forlop/projections';

/** Why a checkpoint cannot be gone on from. */
const REASONS = {
  'other-store': 'its checkpoint is one of another event store',
  'ahead-of-store': 'it has seen events that the event store does not have',
  'other-event': 'it has seen events that the event store does not have',
} as const;
export type Unusable = keyof typeof REASONS;

/** The reactor refuses to run; nothing was changed. */
export class ReactorUnusable extends Error {
  override readonly name = 'ReactorUnusable';
  readonly advice: string;

  constructor(
    readonly reactor: string,
    readonly reason: Unusable,
  ) {
    super(`${reactor} does not run: ${REASONS[reason]}`);
    this.advice = `Connect to the event store that it belongs to, or: forlop reactors start ${reactor} --from start`;
  }
}

/** The checkpoint is not where this process left it: another leads, or an operator has started the reactor anew. */
export class ReactorMoved extends Error {
  override readonly name = 'ReactorMoved';

  constructor(readonly reactor: string) {
    super(`The checkpoint of ${reactor} was moved by somebody else`);
  }
}

/** Whether the same may succeed later without anybody's help; a stream that was written beside it is read again. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ReactorMoved || error instanceof WrongExpectedRevision || isTransient(error);
