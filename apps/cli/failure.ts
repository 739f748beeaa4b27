import {
  type DescribedError,
  describeError,
  EXIT,
  type ExitCode,
  isDatabaseAway,
  StartupError,
  withoutIdentityNumbers,
} from '#forlop/platform';

/** What a command that failed says, and what it ends with. */
export interface Failure {
  readonly exitCode: ExitCode;
  readonly message: string;
}

interface Known {
  readonly exitCode: ExitCode;
  /** What the operator does about it. */
  readonly advice: string;
}

/** By name and not by class: `forlop token` need not load what throws them. Their messages are ours and hold no values. */
const KNOWN: Readonly<Record<string, Known>> = {
  StoreUnavailable: { exitCode: EXIT.unavailable, advice: 'Try again when its database answers.' },
  KeyStoreUnavailable: { exitCode: EXIT.unavailable, advice: 'Try again when its database answers.' },
  HandoverTimedOut: {
    exitCode: EXIT.unavailable,
    advice: 'Another process holds it: try again, or stop that process.',
  },
  CopyRefused: { exitCode: EXIT.failed, advice: '' },
  BuildRunning: { exitCode: EXIT.unavailable, advice: 'Try again when that is done.' },
  UnreadableEvent: { exitCode: EXIT.failed, advice: 'See docs/eventstoredb.md.' },
  ProjectionFailed: {
    exitCode: EXIT.failed,
    advice: 'The rows that are read go on. Mend the cause, then build it again.',
  },
  CheckpointUnusable: { exitCode: EXIT.configuration, advice: '' },
  KeyUnreadable: { exitCode: EXIT.configuration, advice: 'Set FORLOP_MASTER_KEY_FILE to that file.' },
  MasterKeyUnusable: { exitCode: EXIT.configuration, advice: '' },
};

/** What may be shown of an error: never a message that quotes values, as those of a database do. */
export function failureOf(error: unknown): Failure {
  if (error instanceof StartupError) return { exitCode: error.exitCode, message: error.message };
  const described = describeError(error);
  if (typeof described === 'string') return { exitCode: EXIT.failed, message: typeof error };
  const known = KNOWN[described.type];
  if (known !== undefined) {
    const sentence = (described.message ?? described.type).replace(/[^.?!]$/, '$&.');
    return { exitCode: known.exitCode, message: `${sentence} ${adviceOf(error) ?? known.advice}`.trim() };
  }
  if (isDatabaseAway(error)) {
    const code = described.sqlState ?? described.code ?? described.cause?.sqlState ?? described.type;
    return { exitCode: EXIT.unavailable, message: `A database cannot be reached now (${code}). Try again.` };
  }
  return { exitCode: EXIT.failed, message: withoutIdentityNumbers(textOf(described)) };
}

/** Some carry advice of their own. */
function adviceOf(error: unknown): string | undefined {
  const own = typeof error === 'object' && error !== null && 'advice' in error ? error.advice : undefined;
  return typeof own === 'string' ? own : undefined;
}

function textOf({ type, sqlState, constraint, message, stack, cause }: DescribedError): string {
  const kind = [type, sqlState, constraint].filter((part) => part !== undefined).join(' ');
  const said = message === undefined || message === '' ? kind : `${kind}: ${message}`;
  const lines = [said, ...(stack === undefined || stack === '' ? [] : [stack])];
  return [...lines, ...(cause === undefined ? [] : [`caused by ${textOf(cause)}`])].join('\n');
}
