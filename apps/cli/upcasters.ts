import { type Upcasting, upcasting } from '#forlop/domain';
import { EXIT, StartupError } from '#forlop/platform';

/**
 * Every stored version of every event leads to its present one: asked before anything is read, because a chain that is broken
 * shows itself only at an old event. @throws StartupError 78, with all that is wrong
 */
export function assertUpcasters({ problems }: Pick<Upcasting, 'problems'> = upcasting): void {
  if (problems.length === 0) return;
  throw new StartupError(
    EXIT.configuration,
    [
      'The upcasters of this build do not fit its events, so it would misread what is stored:',
      ...problems.map((problem) => `  ${problem}`),
      'Run a build whose tests pass.',
    ].join('\n'),
  );
}
