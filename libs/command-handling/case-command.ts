import { caseStream, childCase, commandsOfCase } from '#forlop/domain';
import type { CaseCommand, CaseState, CorrectionCommand } from '#forlop/domain';
import { entriesOf, loadCaseStream } from './case-stream.js';
import type { DomainEvent, ReadEvent } from './codec.js';
import { corrected } from './correction.js';
import { NotFound } from './errors.js';
import { handle } from './handle.js';
import type { Belonging } from './handle.js';
import { contextOf } from './permission.js';
import { isOpenTo, ownerOf } from './register.js';
import type { Accepted, Caller, CommandRequest } from './request.js';
import type { Loaded, CommandDeps } from './stream.js';

export type CaseCommandType = keyof typeof commandsOfCase;

/** One command to an existing case. `body` is the checked body with the ids of the path. */
export const handleCaseCommand = (
  deps: CommandDeps,
  type: CaseCommandType,
  caseId: string,
  body: Record<string, unknown>,
  request: CommandRequest,
): Promise<Accepted> =>
  handle<Loaded<CaseState>>(
    deps,
    {
      definition: commandsOfCase[type],
      ids: { caseId },
      load: () => loadCase(deps, caseId, request.caller),
      decide: (data, loaded) => eventsOf(deps, type, data, loaded, request),
      belonging: continuing,
    },
    body,
    request,
  );

/** A correction is judged by the entries of the case, every other command by its state. */
async function eventsOf(
  deps: CommandDeps,
  type: CaseCommandType,
  data: object,
  loaded: Loaded<CaseState>,
  request: CommandRequest,
): Promise<readonly DomainEvent[]> {
  const command = { type, data, context: contextOf(request) };
  return type === 'CorrectEntry' || type === 'RetractEntry'
    ? corrected(deps, command as CorrectionCommand, entriesOf(loaded.events), request)
    : childCase.decide(command as CaseCommand, loaded.state);
}

/** A case that is open to the caller; an unknown id and another's case are the same `NotFound`. */
async function loadCase(deps: CommandDeps, caseId: string, caller: Caller): Promise<Loaded<CaseState>> {
  const loaded = await loadCaseStream(deps, caseStream(caseId), (first) => {
    const owner = ownerOf(first);
    if (!isOpenTo(caller, owner)) throw new NotFound(owner, [caseId]);
  });
  if (loaded.revision < 0) throw new NotFound();
  return loaded;
}

/** What goes on in a case: its owner, the child's key, the protection of its last event. */
export function continuing({ events }: Pick<Loaded<unknown>, 'events'>): Required<Belonging> {
  const first = events[0] as ReadEvent;
  const last = events[events.length - 1] as ReadEvent;
  return {
    owner: ownerOf(first.envelope),
    subject: (first.event.data as { readonly childRef: string }).childRef,
    protection: last.envelope.protection,
  };
}
