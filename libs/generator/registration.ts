/** The streams of the persons of a household, by the person's own decider. */
import {
  addDays,
  type LocalDate,
  person,
  type PersonCommand,
  personStream,
  type PersonEvent,
} from '#forlop/domain';
import { eveningOf, workday } from './calendar.js';
import type { GeneratedStream, GivenCommand } from './given.js';
import type { Child, Household, Registered, Registration } from './household.js';
import { employee, type Place } from './places.js';
import type { Random } from './random.js';

/** Everybody of the household, registered on the day; a child that is expected, and is born, is corrected then. */
export function registrations(
  random: Random,
  place: Place,
  household: Household,
  on: LocalDate,
  until: LocalDate,
): readonly GeneratedStream[] {
  const by = employee(place, 'SAKSBEHANDLER');
  const { municipality, district } = place;
  const given = (
    type: 'RegisterPerson' | 'CorrectPerson',
    data: Registration,
    day: LocalDate,
    before: readonly PersonEvent[],
  ): GivenCommand => {
    const context = { now: eveningOf(day), today: day, by, municipality, ...(district ? { district } : {}) };
    const state = before.reduce(person.evolve, person.initialState);
    const events = person.decide({ type, data, context } as PersonCommand, state);
    return { type, on: day, key: random.uuid(), by, data, events };
  };
  const streamOf = ({ personId, registration }: Registered, child?: Child): GeneratedStream => {
    const first = given('RegisterPerson', registration, on, []);
    const bornOn = child?.isUnborn === true ? workday(addDays(child.birth, 6)) : undefined;
    const commands =
      child === undefined || bornOn === undefined || bornOn > until
        ? [first]
        : [first, given('CorrectPerson', born(child, bornOn), bornOn, first.events as PersonEvent[])];
    return {
      streamId: personStream(personId),
      subject: personId,
      municipality,
      protection: household.protection,
      commands,
    };
  };
  return [
    ...household.guardians.map((guardian) => streamOf(guardian)),
    ...household.children.map((child) => streamOf(child, child)),
  ];
}

function born({ registration, identifierAtBirth, birth, first, last }: Child, on: LocalDate): Registration {
  const { dueDate: _, ...known } = registration;
  return {
    ...known,
    identifier: identifierAtBirth ?? { kind: 'NONE' },
    name: { first, last },
    birthDate: birth,
    on,
    reason: 'Barnet er født',
  } as Registration;
}
