/** What is going to happen, by day; what is planned for one day happens in the order in which it was planned. */
import type { LocalDate } from '#forlop/domain';

interface Entry<Act> {
  readonly on: LocalDate;
  readonly act: Act;
}

export class Agenda<Act> {
  /** The last is the next to happen. Few things are planned at a time, so putting one in its place costs little. */
  readonly #entries: Entry<Act>[] = [];

  plan(on: LocalDate, act: Act): void {
    let place = this.#entries.length;
    while (place > 0 && (this.#entries[place - 1] as Entry<Act>).on <= on) place -= 1;
    this.#entries.splice(place, 0, { on, act });
  }

  /** The next, unless it lies after that day. */
  next(until: LocalDate): Entry<Act> | undefined {
    const entry = this.#entries.at(-1);
    return entry !== undefined && entry.on <= until ? this.#entries.pop() : undefined;
  }
}
