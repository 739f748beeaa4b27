/** The Person aggregate: state, `evolve` and `decide`. */
import { assertNever, type Command, type Decider } from '../kernel/decider.js';
import { RuleBroken } from '../kernel/errors.js';
import { refuseFuture } from '../kernel/legal-date.js';
import { sameJson } from '../kernel/same-json.js';
import type { CorrectPerson, PersonCommand, RegisterPerson } from './commands.js';
import { personFields, type PersonEvent } from './events.js';
import { shredSubject } from './shred.js';
import type { PersonData, PersonState } from './state.js';

const initialState: PersonState = { phase: 'unknown' };

function evolve(state: PersonState, event: PersonEvent): PersonState {
  switch (event.type) {
    case 'PersonRegistered':
    case 'PersonCorrected':
      return { phase: 'registered', person: event.data, lastEntryOn: event.data.on };
    case 'SubjectShredded':
      return { phase: 'shredded' };
    default:
      return assertNever(event);
  }
}

function decide(command: PersonCommand, state: PersonState): readonly PersonEvent[] {
  switch (command.type) {
    case 'RegisterPerson':
      return registerPerson(command, state);
    case 'CorrectPerson':
      return correctPerson(command, state);
    case 'ShredSubject':
      return shredSubject(command, state);
    default:
      return assertNever(command);
  }
}

/** Whether the identifier is already known is asked of the blind index before; here only the id can be taken. */
function registerPerson(
  { data, context }: Command<typeof RegisterPerson>,
  state: PersonState,
): readonly PersonEvent[] {
  if (state.phase !== 'unknown') {
    throw new RuleBroken({
      slug: 'id-in-use',
      detail: 'Personens id er allerede i bruk.',
      losning: 'Utelat personId, eller send en ny UUID. En registrert person rettes med en rettelse.',
    });
  }
  const on = data.on ?? context.today;
  refuseFuture(context.today, { on, birthDate: data.birthDate });
  return [{ type: 'PersonRegistered', data: { ...data, on } }];
}

function correctPerson(
  { data, context }: Command<typeof CorrectPerson>,
  state: PersonState,
): readonly PersonEvent[] {
  if (state.phase === 'unknown') throw new RuleBroken({ slug: 'not-found', detail: 'Personen finnes ikke.' });
  if (state.phase === 'shredded') {
    throw new RuleBroken({
      slug: 'already-done',
      detail: 'Personens nøkkel er slettet, så ingenting kan lenger rettes.',
      losning: 'Registrer personen på nytt hvis en ny sak krever det.',
    });
  }
  refuseFuture(context.today, { on: data.on, birthDate: data.birthDate });
  return isSamePerson(data, state.person) ? [] : [{ type: 'PersonCorrected', data }];
}

const FIELDS = Object.keys(personFields) as readonly (keyof PersonData)[];

const isSamePerson = (left: PersonData, right: PersonData): boolean =>
  FIELDS.every((field) => sameJson(left[field], right[field]));

export const person: Decider<PersonState, PersonCommand, PersonEvent> = { initialState, evolve, decide };
