import { caseCommands, caseStream, childCase } from '#forlop/domain';
import type { CaseCommand, CaseCommandType, CaseState, CommandDefinition } from '#forlop/domain';
import type { ReadEvent } from './codec.js';
import { NotFound } from './errors.js';
import { mintedIdOf } from './ids.js';
import { fillIds, personRefsIn } from './named-ids.js';
import { commandOf } from './occasion.js';
import { assertMayCommand, contextOf } from './permission.js';
import { inAdvance, readAhead } from './read-ahead.js';
import { assertRegistered, isOpenTo, ownerOf } from './register.js';
import { answerOf, storedBy } from './repeat.js';
import type { Accepted, Caller, CommandRequest } from './request.js';
import { appendAt, assertRevision, load, unchanged, untilNotOvertaken } from './stream.js';
import type { Loaded, CommandDeps } from './stream.js';

/**
 * One command to an existing case: load, decide, append at the loaded revision. `body` is the checked body with the
 * ids of the path. Throws `NotFound`, `IdempotencyKeyReused`, `StaleRevision`, `ConcurrentChange`, `RuleBroken`.
 */
export async function handleCaseCommand(
  deps: CommandDeps,
  type: CaseCommandType,
  caseId: string,
  body: Record<string, unknown>,
  request: CommandRequest,
): Promise<Accepted> {
  const { caller, idempotencyKey, ifMatch } = request;
  const definition: CommandDefinition = caseCommands[type];
  const command = commandOf(deps.sealer, request);
  const data = fillIds(definition.shape, body, (pointer) => mintedIdOf(command.key, pointer));

  // Asked for together with what the key stored before, judged after it.
  const nextCase = readAhead(() => loadCase(deps, caseId, caller));
  const registered = inAdvance(assertRegistered(deps.store, caller, personRefsIn(definition.shape, data)));
  const before = await storedBy(deps.store, command);
  if (before.length > 0) return answerOf(before, idempotencyKey, { caseId }, definition.shape);

  return untilNotOvertaken(ifMatch, async () => {
    const loaded = await nextCase();
    assertMayCommand(definition, request);
    await registered;
    assertRevision(loaded, ifMatch);
    const events = childCase.decide({ type, data, context: contextOf(request) } as CaseCommand, loaded.state);
    if (events.length === 0) return unchanged(deps.store, loaded, idempotencyKey, { caseId });
    const placed = await appendAt(deps, loaded, events, { ...command, ...continuing(loaded) });
    return answerOf(placed, idempotencyKey, { caseId }, definition.shape);
  });
}

/** A case that is open to the caller; an unknown id and another's case are the same `NotFound`. */
async function loadCase(deps: CommandDeps, caseId: string, caller: Caller): Promise<Loaded<CaseState>> {
  const loaded = await load(deps, childCase, caseStream(caseId), (first) => {
    const owner = ownerOf(first);
    if (!isOpenTo(caller, owner)) throw new NotFound(owner, [caseId]);
  });
  if (loaded.revision < 0) throw new NotFound();
  return loaded;
}

/** What goes on in a case: its owner, the child's key, the protection of its last event. */
export function continuing({ events }: Pick<Loaded<unknown>, 'events'>) {
  const first = events[0] as ReadEvent;
  const last = events[events.length - 1] as ReadEvent;
  return {
    owner: ownerOf(first.envelope),
    subject: (first.event.data as { readonly childRef: string }).childRef,
    protection: last.envelope.protection,
  };
}
