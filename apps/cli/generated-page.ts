import { readFile, writeFile } from 'node:fs/promises';
import { EXIT } from '#forlop/platform';
import { say } from './output.js';

export interface GeneratedPage {
  readonly path: string;
  readonly text: string;
  /** The command that writes it. */
  readonly command: string;
}

/** Writes the page, or only says whether it is current: exit 1 when it is not. */
export async function writeOrCheck({ path, text, command }: GeneratedPage, check: boolean): Promise<void> {
  const current = (await readFile(path, 'utf8').catch(() => '')) === text;
  if (check) {
    say(current ? `${path} is current` : `${path} is not current: run \`npm run forlop -- ${command}\``);
    process.exitCode = current ? EXIT.ok : EXIT.failed;
  } else if (!current) {
    await writeFile(path, text);
    say(`Wrote ${path}`);
  }
}
