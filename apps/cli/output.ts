/** A line for the person at the terminal; stdout belongs to the answer of a command. */
export function say(line: string): void {
  console.error(line);
}

/** The answer of a command: one JSON document, or lines for a person. */
export function answer(json: boolean, document: unknown, lines: () => readonly string[]): void {
  if (json) console.log(JSON.stringify(document));
  else for (const line of lines()) console.log(line);
}
