import { caseStream, childCase, commandsOfCase } from '#forlop/domain';
import type { CaseCommand, CaseState, CorrectionCommand, FoldedCase } from '#forlop/domain';
import { entriesOf, loadCaseStream } from './case-stream.js';
import type { ReadEvent } from './codec.js';
import { corrected } from './correction.js';
import { NotFound } from './errors.js';
import { handle } from './handle.js';
import { caseFolding } from './kept/case-folding.js';
import { standingOf } from './kept/standing.js';
import type { Standing } from './kept/standing.js';
import type { Belonging } from './occasion.js';
import { ownerOf } from './owner.js';
import { contextOf } from './permission.js';
import { isOpenTo } from './register.js';
import type { Accepted, Caller, CommandRequest, Owner } from './request.js';
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
  type === 'CorrectEntry' || type === 'RetractEntry'
    ? handleCorrection(deps, type, caseId, body, request)
    : handle<StandingCase>(
        deps,
        {
          definition: commandsOfCase[type],
          ids: { caseId },
          load: (_, manner) => standingCase(deps, caseId, request.caller, manner),
          decide: async (data, { state }) => {
            const command = { type, data, context: contextOf(request) };
            return childCase.decide(command as unknown as CaseCommand, state.state);
          },
          belonging: ({ belonging }) => belonging,
        },
        body,
        request,
      );

/** A correction is judged by the entries of the case, so all of it is read. */
const handleCorrection = (
  deps: CommandDeps,
  type: CorrectionCommand['type'],
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
      decide: (data, { events }) => {
        const command = { type, data, context: contextOf(request) };
        return corrected(deps, command as unknown as CorrectionCommand, entriesOf(events), request);
      },
      belonging: continuing,
    },
    body,
    request,
  );

type StandingCase = Standing<FoldedCase> & Required<Pick<Standing<FoldedCase>, 'belonging'>>;

/** A case that is open to the caller; an unknown id and another's case are the same `NotFound`. */
async function standingCase(
  deps: CommandDeps,
  caseId: string,
  caller: Caller,
  manner: 'kept' | 'fresh',
): Promise<StandingCase> {
  const admission = admit(caller, caseId);
  const standing = await standingOf(deps, caseFolding, caseStream(caseId), manner, admission);
  const { belonging } = standing;
  if (belonging === undefined) throw new NotFound();
  return { ...standing, belonging };
}

async function loadCase(deps: CommandDeps, caseId: string, caller: Caller): Promise<Loaded<CaseState>> {
  const admission = admit(caller, caseId);
  const loaded = await loadCaseStream(deps, caseStream(caseId), (first) => admission(ownerOf(first)));
  if (loaded.revision < 0) throw new NotFound();
  return loaded;
}

const admit = (caller: Caller, caseId: string) => (owner: Owner) => {
  if (!isOpenTo(caller, owner)) throw new NotFound(owner, [caseId]);
};

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
