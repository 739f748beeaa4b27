import type { CommandDefinition } from '#forlop/domain';
import type { DomainEvent } from './codec.js';
import { mintedIdOf } from './ids.js';
import { fillIds, personRefsIn } from './named-ids.js';
import { judged } from './kept/judged.js';
import { commandOf } from './occasion.js';
import type { Belonging } from './occasion.js';
import { assertMayCommand } from './permission.js';
import { inAdvance, readAhead } from './read-ahead.js';
import { assertRegistered } from './register.js';
import { answerOf, storedBy } from './repeat.js';
import type { Accepted, CommandRequest } from './request.js';
import { appendAt, assertRevision, unchanged, untilNotOvertaken } from './stream.js';
import type { AtRevision, CommandDeps } from './stream.js';

export type Data = Record<string, unknown>;

/** What is different from one aggregate to another. `L` is what its commands are judged by, its stream among it. */
export interface Aggregate<L extends AtRevision> {
  readonly definition: CommandDefinition;
  /** Its id, as the answer names it; the ids that a command makes are added. */
  readonly ids: Readonly<Record<string, unknown>>;
  /**
   * `data` has its ids filled in. Throws `NotFound` for what is not the caller's. What is given as `unconfirmed` is loaded
   * once more, `fresh`, before a refusal that rests on it is answered.
   */
  readonly load: (data: Data, manner: 'kept' | 'fresh') => Promise<L>;
  readonly decide: (data: Data, loaded: L) => Promise<readonly DomainEvent[]>;
  readonly belonging: (loaded: L) => Belonging;
}

/**
 * One command, whatever its aggregate: load, decide, append at the loaded revision. `body` is checked and holds the ids
 * of the path. Throws `NotFound`, `IdempotencyKeyReused`, `StaleRevision`, `ConcurrentChange`, `RuleBroken`.
 */
export async function handle<L extends AtRevision>(
  deps: CommandDeps,
  { definition, ids, load, decide, belonging }: Aggregate<L>,
  body: Data,
  request: CommandRequest,
): Promise<Accepted> {
  const { caller, idempotencyKey, ifMatch } = request;
  const command = commandOf(deps.sealer, request);
  const data = fillIds(definition.shape, body, (pointer) => mintedIdOf(command.key, pointer));

  // Asked for together with what the key stored before, judged after it.
  const next = readAhead(() => load(data, 'kept'));
  const registered = inAdvance(assertRegistered(deps, caller, personRefsIn(definition.shape, data)));
  const before = await storedBy(deps.store, command);
  if (before.length > 0) return answerOf(before, idempotencyKey, ids, definition.shape);

  return untilNotOvertaken(ifMatch, async () => {
    const loaded = await next();
    assertMayCommand(definition, request);
    await registered;
    const judge = async (stream: L) => {
      assertRevision(stream, ifMatch);
      return decide(data, stream);
    };
    const { at, events } = await judged(loaded, judge, () => load(data, 'fresh'));
    if (events.length === 0) return unchanged(deps.store, at, idempotencyKey, ids);
    const placed = await appendAt(deps, at, events, { ...command, ...belonging(at) });
    return answerOf(placed, idempotencyKey, ids, definition.shape);
  });
}
