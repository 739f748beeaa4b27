/** The operator's tool `forlop`, also what `npm start` runs. */
import { CommanderError } from 'commander';
import { EXIT } from '#forlop/platform';
import { failureOf } from './failure.js';
import { outliveReader, say } from './output.js';
import { createProgram } from './program.js';

/** Commander's own errors are wrong usage, except that it "fails" after printing help or version. */
function exitCodeOf(error: CommanderError): number {
  return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}

outliveReader(process.stdout);
outliveReader(process.stderr);
try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = exitCodeOf(error);
  } else {
    const { exitCode, message } = failureOf(error);
    say(message);
    process.exitCode = exitCode;
  }
}
