import { type Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '#forlop/platform';
import type { AccessLogOptions } from '../accesslog.js';
import { subjectOption } from '../options.js';

export function addAccessLog(program: Command): void {
  program
    .command('accesslog')
    .description('who read what, and what operators did; reading it is recorded like any other read')
    .option('--case <caseId>', 'accesses to a case', idOption)
    .option(
      '--subject <personId>',
      'accesses to the cases of a person, and what was done to the person',
      idOption,
    )
    .option(
      '--actor <id>',
      'what somebody read or did: the subject of a token, or operator:<account>',
      subjectOption,
    )
    .option('--json', 'one JSON document')
    .action(async (options: AccessLogOptions) => {
      const { runAccessLog } = await import('../accesslog.js');
      await runAccessLog(loadConfig(process.env), options);
    });
}

function idOption(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('It must be a UUID.');
}
