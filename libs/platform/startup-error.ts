/** Exit codes of every command: done · did the work and it failed · wrong usage · unavailable · configuration. */
export const EXIT = { ok: 0, failed: 1, usage: 64, unavailable: 69, configuration: 78 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A reason not to start or not to go on, written for the operator. Holds no secret and no personal data. */
export class StartupError extends Error {
  override readonly name = 'StartupError';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message);
  }
}

/** The configuration is wrong: names the variable, what is wrong with it and an example (exit 78). */
export function configurationError(message: string): StartupError {
  return new StartupError(EXIT.configuration, message);
}

/** Something outside is not there: a database, a port (exit 69). */
export function unavailableError(message: string): StartupError {
  return new StartupError(EXIT.unavailable, message);
}
