/** The tour of a page: blocks of commands, each followed by what it is said to print, if anything. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { differencesFrom, fits } from './printed.js';

export interface TourStep {
  readonly commands: string;
  /** What is printed after it: JSON, or lines. */
  readonly printed?: { readonly language: string; readonly text: string };
}

const TOUR = /<!-- tour -->(.*)<!-- end of tour -->/s;
const BLOCK = /^```(\w+)\n(.*?)^```$/gms;

/** @throws Error when the page has no tour, or prints an answer that belongs to no command */
export function tourIn(page: string): readonly TourStep[] {
  const tour = TOUR.exec(page)?.[1];
  if (tour === undefined) throw new Error('The page has no tour.');
  const steps: TourStep[] = [];
  for (const [, language = '', text = ''] of tour.matchAll(BLOCK)) {
    const before = steps.at(-1);
    if (language === 'sh') steps.push({ commands: text });
    else if (before === undefined || before.printed !== undefined) {
      throw new Error(`An answer belongs to no command: ${text}`);
    } else steps[steps.length - 1] = { ...before, printed: { language, text } };
  }
  return steps;
}

const END_OF_STEP = '---- end of step ----';

/** Types all steps into one shell, as a reader would. @returns what each printed, and what went wrong */
export async function typed(
  steps: readonly TourStep[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly outputs: readonly string[]; readonly errors: string }> {
  const script = steps.map(({ commands }) => `${commands}\necho; echo '${END_OF_STEP}'\n`).join('');
  const shell = spawn('bash', ['-c', script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors] = ['', ''];
  shell.stdout.on('data', (part: Buffer) => (output += part.toString()));
  shell.stderr.on('data', (part: Buffer) => (errors += part.toString()));
  await once(shell, 'close');
  return { outputs: output.split(`${END_OF_STEP}\n`), errors };
}

/** What the page says wrongly of a step. */
export function untruths({ printed }: TourStep, output: string): readonly string[] {
  if (printed === undefined)
    return output.trim() === '' ? [] : [`prints ${output.trim()}, and the page nothing`];
  if (printed.language !== 'json') return linesIn(printed.text, output);
  try {
    return differencesFrom(JSON.parse(printed.text) as never, JSON.parse(output));
  } catch {
    return [`is no JSON: ${output}`];
  }
}

/** The printed lines must stand in the output, one after the other. */
function linesIn(text: string, output: string): readonly string[] {
  const [wanted, found] = [text.trimEnd().split('\n'), output.split('\n')];
  const stands = found.some((_, start) =>
    wanted.every((line, index) => fits(line, found[start + index] ?? '')),
  );
  return stands ? [] : [`prints ${output.trim()}`];
}
