/** A world from a seed: pure, and the same on every machine and on every day. */
import { addDays, addYears, daysBetween, isLocalDate, type LocalDate } from '#forlop/domain';
import type { GeneratedStream, Piece } from './given.js';
import { householdOf } from './household.js';
import { IdentityNumbers } from './identity-number.js';
import { CaseLife } from './life/case-life.js';
import { concernOn, receive, referredAgain } from './life/intake.js';
import { type Family, PARTS, piecesOf } from './parts.js';
import { PHRASES } from './phrases.js';
import { type Place, placesOf, weightedPlaces } from './places.js';
import { Random, type Weighted } from './random.js';
import { registrations } from './registration.js';

/** The day on which a world ends when nothing else is said: fixed, so that a seed means the same for ever. */
export const DEFAULT_UNTIL: LocalDate = '2026-06-30';

export interface WorldPlan {
  /** Cases, one for each child and municipality. */
  readonly cases: number;
  readonly municipalities: number;
  /** Years back from `until` in which the first referrals came. */
  readonly years: number;
  readonly seed: string;
  /** The last day that anything happens on. */
  readonly until?: LocalDate;
  /** The municipalities to choose among, by number; all when not given. */
  readonly among?: readonly string[];
}

/** Pieces of streams in an order like that of life: of the cases of one time by their days, each stream in its own order. */
export interface World extends Iterable<Piece> {
  readonly plan: Required<Omit<WorldPlan, 'among'>>;
  /** The services of the world, of the biggest municipality first. */
  readonly places: readonly Place[];
  /** Whole streams, one household after another: for those who want no order between them. */
  streams(): Iterable<GeneratedStream>;
  /** Only what belongs to some of the `PARTS`, in the same order. */
  parts(numbers: readonly number[]): Iterable<Piece>;
}

/** Throws a `RangeError` that says what is wrong with the plan. */
export function worldOf(wanted: WorldPlan): World {
  const plan = { until: DEFAULT_UNTIL, ...wanted };
  assertPlan(plan);
  const places = placesOf({ ...plan });
  if (places.length === 0) throw new RangeError('There is no such municipality on that day.');
  const families = (parts: readonly number[]) => familiesOf(plan, weightedPlaces(places), parts);
  return {
    plan,
    places,
    streams: function* () {
      for (const { streams } of families(ALL_PARTS)) yield* streams;
    },
    parts: (numbers) => piecesOf(families(numbers), numbers),
    [Symbol.iterator]: () => piecesOf(families(ALL_PARTS), ALL_PARTS),
  };
}

const ALL_PARTS = Array.from({ length: PARTS }, (_, part) => part);

function assertPlan({ cases, municipalities, years, until }: WorldPlan & { until: LocalDate }): void {
  const whole = (name: string, value: number, from: number, to: number): void => {
    if (Number.isInteger(value) && value >= from && value <= to) return;
    throw new RangeError(`${name} must be a whole number from ${from} to ${to}.`);
  };
  whole('cases', cases, 1, 10_000_000);
  whole('municipalities', municipalities, 1, 400);
  whole('years', years, 1, 10);
  if (!isLocalDate(until) || until < '2020-01-01' || until > '2030-12-31') {
    throw new RangeError('until must be a day from 2020-01-01 to 2030-12-31.');
  }
}

type Settled = WorldPlan & { readonly until: LocalDate };

/** The households of some parts. All are drawn, as nobody shares a number with anybody of another part. */
function* familiesOf(plan: Settled, places: Weighted<Place>, parts: readonly number[]): Generator<Family> {
  const numbers = new IdentityNumbers();
  for (let index = 0, count = 0; index < plan.cases; count += 1) {
    const part = count % PARTS;
    const family = new HouseholdLife(plan, places, numbers, index);
    if (parts.includes(part)) yield { part, streams: family.live() };
    index += family.cases;
  }
}

/** The household whose first child is the case of that number, and all that happens to it. */
class HouseholdLife {
  readonly #name: string;
  readonly #random: Random;
  readonly #on: LocalDate;
  readonly #place: Place;
  readonly #household: ReturnType<typeof householdOf>;

  constructor(
    private readonly plan: Settled,
    places: Weighted<Place>,
    numbers: IdentityNumbers,
    index: number,
  ) {
    const { cases, municipalities, years, seed, until, among = [] } = plan;
    // Everything that changes what a case is stands in its name: two worlds share no id unless they are one world.
    this.#name = [seed, years, municipalities, among.join(), until, cases, index].join('/');
    this.#random = new Random(this.#name);
    const begin = addYears(until, -years);
    const day = Math.floor(((index + this.#random.share()) / cases) * daysBetween(begin, until));
    this.#on = addDays(begin, Math.max(1, day));
    this.#place = this.#random.weighted(places);
    this.#household = householdOf({ random: this.#random, numbers }, this.#on, cases - index);
  }

  get cases(): number {
    return this.#household.children.length;
  }

  live(): readonly GeneratedStream[] {
    const [random, on, place, household] = [this.#random, this.#on, this.#place, this.#household];
    const { until } = this.plan;
    const concern = concernOn(random, on, random.some(PHRASES.concern, random.between(1, 3)).join(' '));
    const lives = household.children.flatMap((child, number) => {
      const name = `${this.#name}/${number}`;
      const life = new CaseLife({ name, place, household, child, until, referredAgain });
      life.today = on;
      receive(concern)(life);
      return life.live();
    });
    return [...registrations(random, place, household, on, until), ...lives];
  }
}
