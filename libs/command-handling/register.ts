import { person, personStream } from '#forlop/domain';
import type { PersonData, PersonState } from '#forlop/domain';
import { envelopeIn } from './codec.js';
import { NotFound } from './errors.js';
import { ownerOf } from './owner.js';
import type { Caller, Owner } from './request.js';
import { load } from './stream.js';
import type { Admission, Loaded, StreamDeps } from './stream.js';

/** A person is known to the whole municipality, a case only to its district. */
const isInMunicipalityOf = (caller: Caller, owner: Owner): boolean =>
  caller.municipality === owner.municipality;

export const isOpenTo = (caller: Caller, owner: Owner): boolean =>
  isInMunicipalityOf(caller, owner) &&
  (!caller.district || !owner.district || caller.district === owner.district);

/** Throws `NotFound` for a stream of another municipality. */
export const admitMunicipalityOf =
  (caller: Caller): Admission =>
  (first) =>
    assertOfMunicipality(caller, ownerOf(first));

function assertOfMunicipality(caller: Caller, owner: Owner): void {
  if (!isInMunicipalityOf(caller, owner)) throw new NotFound(owner);
}

/**
 * Every person that a command names is registered in the caller's municipality, else `NotFound`. One statement, and none for
 * those that this process has found before: where somebody was registered never changes.
 */
export async function assertRegistered(
  { store, memory }: Pick<StreamDeps, 'store' | 'memory'>,
  caller: Caller,
  personIds: readonly string[],
): Promise<void> {
  const unknown = personIds.map(personStream).filter((streamId) => memory?.owner(streamId) === undefined);
  const firsts = unknown.length === 0 ? new Map<string, never>() : await store.readFirst(unknown);
  for (const streamId of personIds.map(personStream)) {
    const first = firsts.get(streamId);
    const owner = first === undefined ? memory?.owner(streamId) : ownerOf(envelopeIn(first));
    if (owner === undefined) throw new NotFound();
    memory?.remember(streamId, owner);
    assertOfMunicipality(caller, owner);
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
