import type { Writable } from 'node:stream';

/** A line for the person at the terminal; stdout belongs to the answer of a command. */
export function say(line: string): void {
  console.error(line);
}

/** The answer of a command: one JSON document, or lines for a person. */
export function answer(json: boolean, document: unknown, lines: () => readonly string[]): void {
  if (json) console.log(JSON.stringify(document));
  else for (const line of lines()) console.log(line);
}

/**
 * Whoever reads the answer may have had enough of it (`forlop demo | head`). The command goes on all the same: an error here
 * would end the process at once and leave a database running.
 */
export function outliveReader(output: Writable): void {
  output.on('error', (error: Error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
  });
}
