/** What a world is made of: commands that were given, each with the events that its decider answered. */
import type { Actor, Flag, LocalDate, Protection } from '#forlop/domain';

/** An event as a decider gives it. */
export interface GeneratedEvent {
  readonly type: string;
  readonly data: object;
  readonly flags?: readonly Flag[];
}

/** A command that was accepted. */
export interface GivenCommand {
  readonly type: string;
  /** The day that it was given, and that its facts are about. */
  readonly on: LocalDate;
  /** Its Idempotency-Key; the same one in several streams for a concern about several children. */
  readonly key: string;
  readonly by: Actor;
  /** What it was given with, ids filled in. */
  readonly data: object;
  readonly events: readonly GeneratedEvent[];
}

/** Whose a stream is. */
export interface Belonging {
  readonly streamId: string;
  /** The person whose key seals it. */
  readonly subject: string;
  readonly municipality: string;
  readonly district?: string;
  readonly protection: Protection;
}

/** A stream from its first event to its last. */
export interface GeneratedStream extends Belonging {
  readonly commands: readonly GivenCommand[];
}

/** Part of a stream: what one append holds. */
export interface Piece extends Belonging {
  /** Which part of the world the stream belongs to, from 0. */
  readonly part: number;
  /** Revision of its first event, from 0. */
  readonly firstRevision: number;
  readonly commands: readonly GivenCommand[];
  /** Nothing of the stream comes after it. */
  readonly isLast: boolean;
}

/** The generator gave a command that the domain refuses: a fault of the generator. Names rule and case, and nobody. */
export class UnlawfulCommand extends Error {
  override readonly name = 'UnlawfulCommand';
  constructor(type: string, streamId: string, on: LocalDate, why: string) {
    super(`The generator gave ${type} on ${on} to ${streamId}, which the domain refuses: ${why}`);
  }
}
