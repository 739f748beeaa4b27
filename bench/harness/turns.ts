import type { Measured } from './results.js';

/** Who takes turns: a contestant in its process, or anything else with a name. */
export interface Competitor<W> {
  readonly name: string;
  turn(work: W): Promise<Measured>;
}

export interface Turns<W> {
  readonly contestants: readonly Competitor<W>[];
  readonly repetitions: number;
  /** What a contestant is asked in a turn: 0 is the warm-up, which is thrown away. */
  readonly work: (turn: number, contestant: Competitor<W>) => W | Promise<W>;
  /** Before every turn. */
  readonly before?: (contestant: Competitor<W>) => Promise<void>;
  /** After every turn: what it left to be done must not fall into the next one's. */
  readonly after?: (contestant: Competitor<W>) => Promise<void>;
}

/**
 * The contestants in turn (A B A B …), first once to warm up: compiled code, plans and caches are then there.
 * @returns what each measured, by its name, in order
 */
export async function takeTurns<W>(turns: Turns<W>): Promise<Record<string, Measured[]>> {
  const { contestants, repetitions } = turns;
  const measured: Record<string, Measured[]> = Object.fromEntries(contestants.map(({ name }) => [name, []]));
  for (let turn = 0; turn <= repetitions; turn += 1) {
    for (const contestant of contestants) {
      const result = await oneTurn(turns, turn, contestant);
      if (turn > 0) measured[contestant.name]?.push(result);
    }
  }
  return measured;
}

async function oneTurn<W>(turns: Turns<W>, turn: number, contestant: Competitor<W>): Promise<Measured> {
  await turns.before?.(contestant);
  const measured = await contestant.turn(await turns.work(turn, contestant));
  await turns.after?.(contestant);
  return measured;
}
