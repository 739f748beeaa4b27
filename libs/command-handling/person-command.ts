import { person, personCommands, personStream } from '#forlop/domain';
import type { CommandDefinition, Infer, PersonCommand, PersonState } from '#forlop/domain';
import { idInUse } from './errors.js';
import { mintedIdOf } from './ids.js';
import { fillIds, personRefsIn } from './named-ids.js';
import { commandOf } from './occasion.js';
import type { Command } from './occasion.js';
import { assertMayCommand, contextOf } from './permission.js';
import { inAdvance, readAhead } from './read-ahead.js';
import { admitMunicipalityOf, assertRegistered, loadPerson, registeredIn } from './register.js';
import type { RegisteredPerson } from './register.js';
import { answerOf, storedBy } from './repeat.js';
import type { Accepted, Caller, CommandRequest } from './request.js';
import {
  appendAt,
  assertRevision,
  goneIfShredded,
  load,
  unchanged,
  untilNotOvertaken,
  unwritten,
} from './stream.js';
import type { CommandDeps, Loaded } from './stream.js';

export type PersonBody = Infer<typeof personCommands.RegisterPerson.shape>;
export type CorrectionBody = Infer<typeof personCommands.CorrectPerson.shape>;
export type Identifier = PersonBody['identifier'];
/** A person to register; `personId` may be the client's. */
export type NewPerson = Omit<PersonBody, 'personId'> & { readonly personId?: string };

/** `person` stands in the answer where the identifier was known: the person as stored, events `[]`. */
export type PersonAccepted = Accepted & { readonly person?: RegisteredPerson };

/** What a search shows, and what a clerk needs to see that it is the right one. */
export type FoundPerson = Pick<
  RegisteredPerson,
  'personId' | 'name' | 'birthDate' | 'dueDate' | 'addressProtection'
>;

/**
 * Registers a person; an identifier already known in the municipality gives the same person back. The blind index
 * decides between two who register the same number at once. `body` is checked, its identifier normalised.
 */
export async function registerPerson(
  deps: CommandDeps,
  body: NewPerson,
  request: CommandRequest,
): Promise<PersonAccepted> {
  const definition: CommandDefinition = personCommands.RegisterPerson;
  const command = commandOf(deps.sealer, request);
  const data = fillIds(definition.shape, { ...body }, (pointer) =>
    mintedIdOf(command.key, pointer),
  ) as PersonBody;
  const { caller } = request;
  // A minted id is this command's own: what it stored before is found by its key.
  const isNew = body.personId === undefined;
  const nextOwn = readAhead((isFirst) =>
    isNew && isFirst
      ? Promise.resolve(unwritten(person, personStream(data.personId)))
      : loadOwn(deps, caller, data.personId),
  );
  const registered = inAdvance(assertRegistered(deps, caller, personRefsIn(definition.shape, data)));
  const before = await storedBy(deps.store, command);
  if (before.length > 0) return answerOf(before, request.idempotencyKey, {}, definition.shape);

  assertMayCommand(definition, request);
  await registered;
  return untilNotOvertaken(undefined, async () => {
    const place = await placeFor(deps, data, caller, await nextOwn());
    if (place.known) return known(deps, place, place.known, request);
    const placed = { ...data, personId: place.personId };
    return change(deps, place, { type: 'RegisterPerson', data: placed }, command, request);
  });
}

/** Corrects a person: the whole person, with `reason` and `on`. */
export async function correctPerson(
  deps: CommandDeps,
  data: CorrectionBody,
  request: CommandRequest,
): Promise<PersonAccepted> {
  const definition: CommandDefinition = personCommands.CorrectPerson;
  const { caller } = request;
  const command = commandOf(deps.sealer, request);
  const nextPerson = readAhead(() => loadPerson(deps, caller, data.personId));
  const registered = inAdvance(assertRegistered(deps, caller, personRefsIn(definition.shape, data)));
  const before = await storedBy(deps.store, command);
  if (before.length > 0)
    return answerOf(before, request.idempotencyKey, { personId: data.personId }, definition.shape);

  return untilNotOvertaken(request.ifMatch, async () => {
    const loaded = await nextPerson();
    assertMayCommand(definition, request);
    await registered;
    assertRevision(loaded, request.ifMatch);
    return change(deps, loaded, { type: 'CorrectPerson', data }, command, request);
  });
}

/** Who has the identifier in the caller's municipality: one or none. */
export async function searchPerson(
  deps: CommandDeps,
  identifier: Identifier,
  caller: Caller,
): Promise<readonly FoundPerson[]> {
  const hmac = hmacOf(deps, caller, identifier);
  const personId = hmac && (await deps.blindIndex.find(caller.municipality, hmac));
  if (!personId) return [];
  const found = registeredIn(await load(deps, person, personStream(personId)), personId);
  if (!found || !has(found, identifier)) return [];
  const { name, birthDate, dueDate, addressProtection } = found;
  return [
    {
      personId,
      ...(name ? { name } : {}),
      ...(birthDate ? { birthDate } : {}),
      ...(dueDate ? { dueDate } : {}),
      addressProtection,
    },
  ];
}

/**
 * Decide, append, and keep the blind index in step: the new number of a correction before the event, the old one's release
 * after it. A registration holds its number already, by `placeFor`.
 */
async function change(
  deps: CommandDeps,
  loaded: Loaded<PersonState>,
  { type, data }: { type: PersonCommand['type']; data: PersonBody | CorrectionBody },
  command: Command,
  request: CommandRequest,
): Promise<PersonAccepted> {
  const { caller, idempotencyKey } = request;
  const { personId } = data;
  const events = person.decide({ type, data, context: contextOf(request) } as PersonCommand, loaded.state);
  if (events.length === 0) return unchanged(deps.store, loaded, idempotencyKey, { personId });

  const { state } = loaded;
  const isCorrection = state.phase === 'registered';
  const next = hmacOf(deps, caller, data.identifier);
  if (isCorrection && next) {
    const { municipality } = caller;
    const holder = await deps.blindIndex.reserve(municipality, next, personId).catch(goneIfShredded);
    if (holder !== personId) throw idInUse();
  }
  const placed = await appendAt(deps, loaded, events, {
    ...command,
    owner: { municipality: caller.municipality },
    subject: personId,
    protection: data.addressProtection,
  });
  const last = isCorrection && hmacOf(deps, caller, state.person.identifier);
  if (last && !(next && last.equals(next))) {
    await deps.blindIndex.release(caller.municipality, last, personId);
  }
  return answerOf(placed, idempotencyKey, { personId }, personCommands.RegisterPerson.shape);
}

/** The stream that a registration belongs to, and who stands there already. */
interface Place extends Loaded<PersonState> {
  /** The client's or minted id, or the one that the index gave to a registration that a crash cut off. */
  readonly personId: string;
  readonly known?: RegisteredPerson;
}

/** The stream of the id that a registration came with; empty when the id is new. */
const loadOwn = (deps: CommandDeps, caller: Caller, personId: string): Promise<Loaded<PersonState>> =>
  load(deps, person, personStream(personId), admitMunicipalityOf(caller));

async function placeFor(
  deps: CommandDeps,
  data: PersonBody,
  caller: Caller,
  own: Loaded<PersonState>,
): Promise<Place> {
  const { personId, identifier } = data;
  if (own.revision >= 0) {
    const registered = registeredIn(own, personId);
    if (!registered || !has(registered, identifier)) throw idInUse();
    return { ...own, personId, known: registered };
  }
  const hmac = hmacOf(deps, caller, identifier);
  const holder = hmac ? await deps.blindIndex.reserve(caller.municipality, hmac, personId) : personId;
  if (holder === personId) return { ...own, personId };

  const held = await load(deps, person, personStream(holder));
  if (held.revision < 0) return { ...held, personId: holder };
  const registered = registeredIn(held, holder);
  if (registered && has(registered, identifier)) return { ...held, personId: holder, known: registered };
  // Reserved by a correction that is under way: taken from it, two persons would end up with one number.
  if (registered && !hasHad(held, identifier)) throw idInUse();
  // Left over from a correction or a shredding that a crash cut off: the number is nobody's by now.
  if (hmac) await deps.blindIndex.release(caller.municipality, hmac, holder);
  return placeFor(deps, data, caller, own);
}

/** The person has this very identifier now. NONE and UNBORN identify nobody. */
const has = ({ identifier }: Pick<RegisteredPerson, 'identifier'>, { kind, value }: Identifier): boolean =>
  value !== undefined && identifier.kind === kind && identifier.value === value;

/** Some event of the person says that it had this identifier. */
const hasHad = ({ events }: Loaded<PersonState>, identifier: Identifier): boolean =>
  events.some(
    ({ event }) => 'identifier' in event.data && has(event.data as unknown as RegisteredPerson, identifier),
  );

const hmacOf = (deps: CommandDeps, caller: Caller, { kind, value }: Identifier): Buffer | undefined =>
  value === undefined ? undefined : deps.sealer.identifierHmac(caller.municipality, kind, value);

async function known(
  { store }: CommandDeps,
  place: Place,
  registered: RegisteredPerson,
  request: CommandRequest,
): Promise<PersonAccepted> {
  const answer = await unchanged(store, place, request.idempotencyKey, { personId: place.personId });
  return { ...answer, person: registered };
}
