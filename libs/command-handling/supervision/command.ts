import { supervision, supervisionCommands, supervisionStream } from '#forlop/domain';
import type { SupervisionCommand, SupervisionCommandType, SupervisionState } from '#forlop/domain';
import { NotFound } from '../errors.js';
import { handle } from '../handle.js';
import type { Data } from '../handle.js';
import { contextOf } from '../permission.js';
import type { Accepted, CommandRequest } from '../request.js';
import { load } from '../stream.js';
import type { CommandDeps, Loaded } from '../stream.js';

/** A supervision belongs to no municipality. */
export const SUPERVISORY = { municipality: '0000' } as const;

/**
 * A command to a supervision, by a caller of municipality `0000`. `body` is checked and holds the id of the path;
 * `supervisionId` is absent for the command that opens one.
 */
export const handleSupervisionCommand = (
  deps: CommandDeps,
  type: Exclude<SupervisionCommandType, 'RecordReplay'>,
  supervisionId: string | undefined,
  body: Data,
  request: CommandRequest,
): Promise<Accepted> =>
  handle<Loaded<SupervisionState>>(
    deps,
    {
      definition: supervisionCommands[type],
      ids: supervisionId === undefined ? {} : { supervisionId },
      load: (data) =>
        supervisionId === undefined
          ? load(deps, supervision, supervisionStream(String(data['supervisionId'])))
          : loadOwn(deps, supervisionId, request),
      decide: async (data, { state }) => {
        const command = { type, data, context: contextOf(request) };
        return supervision.decide(command as unknown as SupervisionCommand, state);
      },
      belonging: () => ({ owner: SUPERVISORY, protection: 'UGRADERT' }),
    },
    body,
    request,
  );

/** An unknown supervision and another authority's are the same `NotFound`. */
async function loadOwn(deps: CommandDeps, supervisionId: string, { caller }: CommandRequest) {
  const loaded = await load(deps, supervision, supervisionStream(supervisionId));
  if (!isOf(loaded.state, caller.actor)) throw new NotFound();
  return loaded;
}

/** Whose a supervision is: one authority's, and there one office's. */
export const isOf = (
  state: SupervisionState,
  { role, orgNumber }: { readonly role: string; readonly orgNumber: string },
): state is Exclude<SupervisionState, { situation: 'none' }> =>
  state.situation !== 'none' && state.authority === role && state.authorityOrg === orgNumber;
