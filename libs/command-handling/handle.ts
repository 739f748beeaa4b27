import type { CommandDefinition } from '#forlop/domain';
import type { DomainEvent } from './codec.js';
import { mintedIdOf } from './ids.js';
import { fillIds, personRefsIn } from './named-ids.js';
import { commandOf } from './occasion.js';
import type { Occasion } from './occasion.js';
import { assertMayCommand } from './permission.js';
import { inAdvance, readAhead } from './read-ahead.js';
import { assertRegistered } from './register.js';
import { answerOf, storedBy } from './repeat.js';
import type { Accepted, CommandRequest } from './request.js';
import { appendAt, assertRevision, unchanged, untilNotOvertaken } from './stream.js';
import type { CommandDeps, Loaded } from './stream.js';

export type Data = Record<string, unknown>;

/** Whose the events of a stream are, whose key seals them, and under which protection. */
export type Belonging = Pick<Occasion, 'owner' | 'subject' | 'protection'>;

/** What is different from one aggregate to another. `L` is what its commands are judged by, its stream among it. */
export interface Aggregate<L extends Loaded<unknown>> {
  readonly definition: CommandDefinition;
  /** Its id, as the answer names it; the ids that a command makes are added. */
  readonly ids: Readonly<Record<string, unknown>>;
  /** `data` has its ids filled in. Throws `NotFound` for what is not the caller's. */
  readonly load: (data: Data) => Promise<L>;
  readonly decide: (data: Data, loaded: L) => Promise<readonly DomainEvent[]>;
  readonly belonging: (loaded: L) => Belonging;
}

/**
 * One command, whatever its aggregate: load, decide, append at the loaded revision. `body` is checked and holds the ids
 * of the path. Throws `NotFound`, `IdempotencyKeyReused`, `StaleRevision`, `ConcurrentChange`, `RuleBroken`.
 */
export async function handle<L extends Loaded<unknown>>(
  deps: CommandDeps,
  { definition, ids, load, decide, belonging }: Aggregate<L>,
  body: Data,
  request: CommandRequest,
): Promise<Accepted> {
  const { caller, idempotencyKey, ifMatch } = request;
  const command = commandOf(deps.sealer, request);
  const data = fillIds(definition.shape, body, (pointer) => mintedIdOf(command.key, pointer));

  // Asked for together with what the key stored before, judged after it.
  const next = readAhead(() => load(data));
  const registered = inAdvance(assertRegistered(deps.store, caller, personRefsIn(definition.shape, data)));
  const before = await storedBy(deps.store, command);
  if (before.length > 0) return answerOf(before, idempotencyKey, ids, definition.shape);

  return untilNotOvertaken(ifMatch, async () => {
    const loaded = await next();
    assertMayCommand(definition, request);
    await registered;
    assertRevision(loaded, ifMatch);
    const events = await decide(data, loaded);
    if (events.length === 0) return unchanged(deps.store, loaded, idempotencyKey, ids);
    const placed = await appendAt(deps, loaded, events, { ...command, ...belonging(loaded) });
    return answerOf(placed, idempotencyKey, ids, definition.shape);
  });
}
