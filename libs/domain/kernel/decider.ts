/** The shape of every aggregate: pure, synchronous, without clock, id or I/O. */
import type { Actor } from './envelope.js';
import type { CommandDefinition } from './definition.js';
import type { Infer } from './schema.js';

export interface Decider<S, C, E> {
  readonly initialState: S;
  readonly evolve: (state: S, event: E) => S;
  /** Events to append, `[]` when nothing changes. Throws `RuleBroken`. */
  readonly decide: (command: C, state: S) => readonly E[];
}

/** What a command brings besides its data. */
export interface CommandContext {
  /** UTC instant of the request. */
  readonly now: string;
  /** Oslo date of `now`. */
  readonly today: string;
  readonly by: Actor;
  /** Four digits. */
  readonly municipality: string;
  /** Two digits, in Oslo, Bergen and Trondheim. */
  readonly district?: string;
}

/** A command as `decide` takes it: minted ids and computed fields are filled in. */
export type Command<D> =
  D extends CommandDefinition<infer T, infer S>
    ? { readonly type: T; readonly data: Infer<S>; readonly context: CommandContext }
    : never;

/** The state after these events. */
export const fold = <S, C, E>(decider: Decider<S, C, E>, events: Iterable<E>, from?: S): S => {
  let state = from ?? decider.initialState;
  for (const event of events) state = decider.evolve(state, event);
  return state;
};

/** For the `default` of an exhaustive switch: the compiler demands a branch for each new member. */
export function assertNever(unexpected: never): never {
  const type = (unexpected as { type?: unknown } | undefined)?.type;
  throw new TypeError(`No branch for ${typeof type === 'string' ? type : typeof unexpected}`);
}
