/** One child's case while it happens: the day, the state, what is planned, and the commands that were given. */
import {
  ageOn,
  type Actor,
  birthdayAt,
  caseStream,
  type CaseCommand,
  type CaseCommandOf,
  type CaseCommandType,
  type CaseFact,
  type CaseState,
  caseCommands,
  childCase,
  type CommandContext,
  type LocalDate,
  type Role,
  RuleBroken,
} from '#forlop/domain';
import { caseIdOf } from '#forlop/command-handling';
import { eveningOf, plus, workday } from '../calendar.js';
import { type GeneratedStream, type GivenCommand, UnlawfulCommand } from '../given.js';
import type { Child, Household } from '../household.js';
import { PHRASES, type Phrase } from '../phrases.js';
import { caseworkersOf, employee, type Place } from '../places.js';
import { Random } from '../random.js';
import { Agenda } from './agenda.js';
import type { Measure } from './measure.js';

/** Something that happens in a case. */
export type Act = (life: CaseLife) => void;

export interface Circumstances {
  /** Names the chance of this case. */
  readonly name: string;
  readonly place: Place;
  readonly household: Household;
  readonly child: Child;
  readonly until: LocalDate;
  /** What happens when the child is referred again. */
  readonly referredAgain: Act;
}

export class CaseLife {
  readonly random: Random;
  readonly child: Child;
  readonly household: Household;
  readonly place: Place;
  readonly until: LocalDate;
  readonly streamId: string;
  state: CaseState = childCase.initialState;
  today: LocalDate = '';
  /** Measures that were ever decided. */
  readonly measures: Measure[] = [];
  /** The investigation that goes on. */
  investigationId: string | undefined;
  /** When the child was last assessed as party or not. */
  childAssessedOn: LocalDate | undefined;
  childIsParty = false;
  readonly commands: GivenCommand[] = [];
  /** Streams that the case led to: requests for access to it. */
  readonly extraStreams: Pick<GeneratedStream, 'streamId' | 'commands'>[] = [];
  readonly #agenda = new Agenda<Act>();
  readonly #caseworker: Actor;
  readonly #referredAgain: Act;

  constructor({ name, place, household, child, until, referredAgain }: Circumstances) {
    this.random = new Random(name);
    this.child = child;
    this.household = household;
    this.place = place;
    this.until = until;
    this.#referredAgain = referredAgain;
    this.streamId = caseStream(caseIdOf(place.municipality, child.personId));
    this.#caseworker = employee(place, 'SAKSBEHANDLER', this.random.between(1, caseworkersOf(place)));
  }

  /** Plans what happens on a day of work, not before today. */
  on(day: LocalDate, act: Act): void {
    this.#agenda.plan(workday(day < this.today ? this.today : day), act);
  }

  /** Plans what happens some days from today. */
  in(days: number, act: Act): void {
    this.on(plus(this.today, days), act);
  }

  /** One further referral at some time within so many days, by chance. */
  perhapsReferredAgain(chance: number, [from, to]: readonly [number, number]): void {
    if (this.random.chance(chance)) this.in(this.random.between(from, to), this.#referredAgain);
  }

  /** Lets everything happen that is planned until the world ends. */
  live(): readonly GeneratedStream[] {
    for (let next = this.#agenda.next(this.until); next; next = this.#agenda.next(this.until)) {
      this.today = next.on;
      next.act(this);
    }
    const { municipality, district } = this.place;
    const belonging = {
      subject: this.child.personId,
      municipality,
      ...(district === undefined ? {} : { district }),
      protection: this.household.protection,
    };
    const own = { streamId: this.streamId, commands: this.commands };
    return [own, ...this.extraStreams].map(({ streamId, commands }) => ({
      ...belonging,
      streamId,
      commands,
    }));
  }

  /** Gives a command today. */
  give<T extends CaseCommandType>(
    type: T,
    data: CaseCommandOf<T>['data'],
    by: Actor = this.#caseworker,
    key: string = this.random.uuid(),
  ): readonly CaseFact[] {
    this.#assertRole(type, by);
    const command = { type, data, context: this.context(by) } as unknown as CaseCommand;
    const events = this.decided(type, () => childCase.decide(command, this.state));
    for (const event of events) this.state = childCase.evolve(this.state, event);
    this.record(type, data, events, by, key);
    return events;
  }

  /** Keeps a command that was decided; `give` does, and what is decided otherwise. */
  record(type: string, data: object, events: readonly CaseFact[], by: Actor, key: string): void {
    if (events.length > 0) this.commands.push({ type, on: this.today, key, by, data, events });
  }

  context(by: Actor): CommandContext {
    const { municipality, district } = this.place;
    const context = { now: eveningOf(this.today), today: this.today, by, municipality };
    return district === undefined ? context : { ...context, district };
  }

  /** The leader, or somebody in follow-up. */
  colleague(role: Exclude<Role, 'SAKSBEHANDLER'>): Actor {
    return employee(this.place, role, role === 'LEDER' ? 1 : this.random.between(1, 6));
  }

  get caseworker(): Actor {
    return this.#caseworker;
  }

  /** Whole years. */
  get age(): number {
    return this.isBorn ? ageOn(this.child.birth, this.today) : -1;
  }

  get isBorn(): boolean {
    return this.child.birth <= this.today;
  }

  /** The day on which the child reaches an age. */
  birthday(age: number): LocalDate {
    return birthdayAt(this.child.birth, age);
  }

  /** A text of so many sentences. */
  text(phrase: Phrase, sentences = 1): string {
    const bank: readonly string[] = PHRASES[phrase];
    return sentences === 1 ? this.random.pick(bank) : this.random.some(bank, sentences).join(' ');
  }

  #assertRole(type: CaseCommandType, by: Actor): void {
    const { roles } = caseCommands[type];
    if (!roles.includes(by.role)) throw new UnlawfulCommand(type, this.streamId, this.today, by.role);
  }

  /** What a decider answers; a refusal is a fault of the generator. @throws UnlawfulCommand */
  decided<E>(type: string, decide: () => readonly E[]): readonly E[] {
    try {
      return decide();
    } catch (error) {
      if (!(error instanceof RuleBroken)) throw error;
      const why = [error.slug, error.rule, error.detail].filter((part) => part !== undefined).join(', ');
      throw new UnlawfulCommand(type, this.streamId, this.today, why);
    }
  }
}
