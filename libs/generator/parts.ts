/**
 * A world in parts that are made without each other, so that several threads can make one world. Each part has every so-manieth
 * household and an order and digest of its own; together they are the world, however many threads made it.
 */
import type { GeneratedStream, Piece } from './given.js';
import { interleaved } from './interleave.js';

/** Part of what a seed means: another number is another world. */
export const PARTS = 4;

/** The streams of one household, and which part it belongs to. */
export interface Family {
  readonly part: number;
  readonly streams: readonly GeneratedStream[];
}

/**
 * The pieces of some parts, by day.
 * @param families those of these parts, in the order of the world
 */
export function* piecesOf(families: Iterable<Family>, parts: readonly number[]): Generator<Piece> {
  const dealt = new Dealt(families);
  const open = parts.map((part) => new Front(interleaved(dealt.to(part), part)));
  for (;;) {
    let first: Front | undefined;
    for (const front of open) {
      if (front.piece !== undefined && (first === undefined || front.on < first.on)) first = front;
    }
    if (first?.piece === undefined) return;
    yield first.piece;
    first.move();
  }
}

/** Families handed out to their parts: what one part asks for may bring out some of another, which waits. */
class Dealt {
  readonly #families: Iterator<Family>;
  readonly #waiting = new Map<number, GeneratedStream[]>();

  constructor(families: Iterable<Family>) {
    this.#families = families[Symbol.iterator]();
  }

  *to(part: number): Generator<GeneratedStream> {
    const own = this.#waitingFor(part);
    for (;;) {
      const stream = own.shift();
      if (stream !== undefined) yield stream;
      else if (!this.#deal()) return;
    }
  }

  /** The next family goes to its part. @returns whether there was one */
  #deal(): boolean {
    const next = this.#families.next();
    if (next.done === true) return false;
    this.#waitingFor(next.value.part).push(...next.value.streams);
    return true;
  }

  #waitingFor(part: number): GeneratedStream[] {
    const waiting = this.#waiting.get(part) ?? [];
    this.#waiting.set(part, waiting);
    return waiting;
  }
}

/** The next piece of a part. */
class Front {
  piece: Piece | undefined;

  constructor(private readonly pieces: Iterator<Piece, void>) {
    this.move();
  }

  get on(): string {
    return this.piece?.commands[0]?.on ?? '';
  }

  move(): void {
    const next = this.pieces.next();
    this.piece = next.done === true ? undefined : next.value;
  }
}
