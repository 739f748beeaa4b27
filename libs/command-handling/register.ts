import { person, personStream } from '#forlop/domain';
import type { Envelope, PersonData, PersonState } from '#forlop/domain';
import type { EventStore } from '#forlop/event-store';
import { envelopeIn } from './codec.js';
import { NotFound } from './errors.js';
import type { Caller, Owner } from './request.js';
import { load } from './stream.js';
import type { Admission, Loaded, StreamDeps } from './stream.js';

/** Municipality and district that a stream was opened for, from the envelope of its first event. */
export const ownerOf = ({ municipalityNumber, districtNumber }: Envelope): Owner => ({
  municipality: municipalityNumber,
  ...(districtNumber ? { district: districtNumber } : {}),
});

/** A person is known to the whole municipality, a case only to its district. */
const isInMunicipalityOf = (caller: Caller, owner: Owner): boolean =>
  caller.municipality === owner.municipality;

export const isOpenTo = (caller: Caller, owner: Owner): boolean =>
  isInMunicipalityOf(caller, owner) &&
  (!caller.district || !owner.district || caller.district === owner.district);

/** Throws `NotFound` for a stream of another municipality. */
export const admitMunicipalityOf =
  (caller: Caller): Admission =>
  (first) => {
    const owner = ownerOf(first);
    if (!isInMunicipalityOf(caller, owner)) throw new NotFound(owner);
  };

/** Every person that a command names is registered in the caller's municipality, else `NotFound`. One statement. */
export async function assertRegistered(
  store: EventStore,
  caller: Caller,
  personIds: readonly string[],
): Promise<void> {
  if (personIds.length === 0) return;
  const firsts = await store.readFirst(personIds.map(personStream));
  const admit = admitMunicipalityOf(caller);
  for (const personId of personIds) {
    const first = firsts.get(personStream(personId));
    if (!first) throw new NotFound();
    admit(envelopeIn(first));
  }
}

/** A person as the register has them now, texts opened. */
export type RegisteredPerson = PersonData & { readonly personId: string };

export interface LoadedPerson extends Loaded<PersonState> {
  readonly person: RegisteredPerson;
}

/** A registered, not shredded person of the caller's municipality; else `NotFound`. */
export async function loadPerson(deps: StreamDeps, caller: Caller, personId: string): Promise<LoadedPerson> {
  const loaded = await load(deps, person, personStream(personId), admitMunicipalityOf(caller));
  const registered = registeredIn(loaded, personId);
  if (!registered) throw new NotFound();
  return { ...loaded, person: registered };
}

/** Nobody where the person was never registered, or is shredded. */
export const registeredIn = (
  { state }: Pick<Loaded<PersonState>, 'state'>,
  personId: string,
): RegisteredPerson | undefined => (state.phase === 'registered' ? { personId, ...state.person } : undefined);
