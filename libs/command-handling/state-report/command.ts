import { isMunicipality, stateReport, stateReportCommands, stateReportStream } from '#forlop/domain';
import type {
  GenerateStateReport,
  Infer,
  StateReportCommand,
  StateReportCommandType,
  StateReportKey,
  StateReportState,
} from '#forlop/domain';
import type { DomainEvent } from '../codec.js';
import { NotFound } from '../errors.js';
import { handle } from '../handle.js';
import type { Data } from '../handle.js';
import { stateReportSubjectOf } from '../ids.js';
import { contextOf } from '../permission.js';
import type { Accepted, Caller, CommandRequest } from '../request.js';
import { load } from '../stream.js';
import type { CommandDeps, Loaded } from '../stream.js';
import { hiddenSoFar } from './figures.js';
import type { CountFigures } from './figures.js';
import { chaptersNamingSomebody } from './people.js';

/** A command to a report. `body` is checked; whose report and of which year comes from the path. */
export const handleStateReportCommand = (
  deps: CommandDeps,
  type: StateReportCommandType,
  key: StateReportKey,
  body: Data,
  request: CommandRequest,
  count: CountFigures,
): Promise<Accepted> =>
  handle<Loaded<StateReportState>>(
    deps,
    {
      definition: stateReportCommands[type],
      ids: { ...key },
      load: () => loadOwn(deps, key, request.caller),
      decide: (data, loaded) => decided(deps, type, data, loaded, request, count),
      // A report is the whole municipality's, and its chapters are nobody's: they are sealed under a key of its own.
      belonging: ({ streamId }) => ({
        owner: { municipality: key.municipality },
        subject: stateReportSubjectOf(streamId),
        protection: 'UGRADERT',
      }),
    },
    { ...body, ...key },
    request,
  );

/** Another municipality's report is not there; its log keeps the attempt. */
async function loadOwn(deps: CommandDeps, { municipality, year }: StateReportKey, caller: Caller) {
  if (caller.municipality !== municipality) {
    throw new NotFound(isMunicipality(municipality) ? { municipality } : undefined);
  }
  return load(deps, stateReport, stateReportStream(municipality, year));
}

async function decided(
  deps: CommandDeps,
  type: StateReportCommandType,
  data: Data,
  loaded: Loaded<StateReportState>,
  request: CommandRequest,
  count: CountFigures,
): Promise<readonly DomainEvent[]> {
  const taken = type === 'GenerateStateReport' ? await takenFor(deps, data, loaded, request, count) : {};
  const command = { type, data: { ...data, ...taken }, context: contextOf(request) };
  return stateReport.decide(command as unknown as StateReportCommand, loaded.state);
}

/** The computed fields of a generation: the figures as of now, and the chapters that name somebody. */
async function takenFor(
  deps: CommandDeps,
  data: Data,
  loaded: Loaded<StateReportState>,
  { today }: CommandRequest,
  count: CountFigures,
): Promise<Data> {
  const {
    municipality,
    year,
    on = today,
    textChapters,
  } = data as unknown as Infer<typeof GenerateStateReport.shape>;
  const [figures, chaptersNaming] = await Promise.all([
    count({ municipality, year, on, besides: hiddenSoFar(loaded) }),
    chaptersNamingSomebody(deps, municipality, textChapters),
  ]);
  return { ...figures, chaptersNaming };
}
