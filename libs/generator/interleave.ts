/** Streams side by side: their pieces by day, as the cases of one time happen among each other. */
import { addDays, type LocalDate } from '#forlop/domain';
import type { GeneratedStream, GivenCommand, Piece } from './given.js';

/** Streams of a part that are open at a time. More is more like life, and more memory. */
const OPEN_STREAMS = 150;
/** A piece holds what happened in a stream within some weeks, and no more commands than these. */
const PIECE_COMMANDS = 8;
const PIECE_DAYS = 45;

/** @param part which part of the world they are */
export function* interleaved(streams: Iterable<GeneratedStream>, part: number): Generator<Piece> {
  const waiting = streams[Symbol.iterator]();
  const open = new ByDay();
  let isMore = true;
  for (;;) {
    while (isMore && open.size < OPEN_STREAMS) {
      const next = waiting.next();
      if (next.done === true) isMore = false;
      else open.add(new Cursor(next.value));
    }
    const first = open.takeFirst();
    if (first === undefined) return;
    yield first.take(part);
    if (!first.isDone) open.add(first);
  }
}

/** How far a stream has been read. */
class Cursor {
  #next = 0;
  #revision = 0;

  constructor(private readonly stream: GeneratedStream) {}

  get isDone(): boolean {
    return this.#next >= this.stream.commands.length;
  }

  /** The day of what comes next. */
  get on(): LocalDate {
    return this.stream.commands[this.#next]?.on ?? '';
  }

  take(part: number): Piece {
    const { commands: all, ...belonging } = this.stream;
    const until = addDays(this.on, PIECE_DAYS);
    const commands: GivenCommand[] = [];
    for (
      let command = all[this.#next];
      command !== undefined && command.on <= until && commands.length < PIECE_COMMANDS;
      command = all[this.#next]
    ) {
      commands.push(command);
      this.#next += 1;
    }
    const firstRevision = this.#revision;
    for (const { events } of commands) this.#revision += events.length;
    return { ...belonging, part, firstRevision, commands, isLast: this.isDone };
  }
}

/** A heap by day; of one day, what came in first goes first. */
class ByDay {
  readonly #heap: { readonly cursor: Cursor; readonly on: LocalDate; readonly number: number }[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(cursor: Cursor): void {
    const heap = this.#heap;
    this.#added += 1;
    heap.push({ cursor, on: cursor.on, number: this.#added });
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  takeFirst(): Cursor | undefined {
    const heap = this.#heap;
    this.#swap(0, heap.length - 1);
    const first = heap.pop();
    for (let parent = 0; ;) {
      let least = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) {
        if (child < heap.length && this.#isBefore(child, least)) least = child;
      }
      if (least === parent) return first?.cursor;
      this.#swap(parent, least);
      parent = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (one === undefined || other === undefined) return false;
    return one.on < other.on || (one.on === other.on && one.number < other.number);
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    const [one, other] = [heap[a], heap[b]];
    if (one === undefined || other === undefined) return;
    heap[a] = other;
    heap[b] = one;
  }
}
