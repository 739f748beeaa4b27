import { type OperatorAct, recordOperatorAct } from '#forlop/command-handling';
import { assertServingRole, EXIT, type ExitCode, loadConfig, StartupError } from '#forlop/platform';
import {
  type Projection,
  type ProjectionFailure,
  readFailures,
  type Retried,
  retryParked,
  skipParked,
  sqlOver,
} from '#forlop/projections';
import { projections } from '#forlop/read-models';
import { operator, withCommandDeps } from './operator.js';
import { answer } from './output.js';
import { asProjector, chosenFrom, type Opened } from './projections.js';

/** Every parked stream and every skipped event. */
export async function listFailures(json: boolean): Promise<void> {
  const items = await asProjector(({ pool }) => failuresOf(pool, projections));
  answer(json, { items }, () => (items.length === 0 ? ['nothing is parked'] : items.map(lineOf)));
}

/** Tries what is parked of a projection, or of all. @returns 1 while something of it still cannot be applied */
export async function retry(name: string, stream: string | undefined, json: boolean): Promise<ExitCode> {
  const chosen = chosenFrom(projections, name);
  const retried = await asProjector(async (opened) => {
    const parked = await parkedOf(opened, chosen, stream);
    if (parked.length > 0) await record(opened, { act: 'RETRY', target: targetOf(name, stream) }, parked);
    const results = [];
    for (const projection of chosen.filter((each) => parked.some((one) => one.projection === each.name))) {
      results.push(
        ...(await retryParked({
          ...opened,
          projection,
          ...(stream === undefined ? {} : { streamId: stream }),
        })),
      );
    }
    return results;
  });
  return told(json, retried);
}

/** Passes over the event that a stream waits at. @returns 1 when a later one cannot be applied either */
export async function skip(
  name: string,
  { stream, reason }: { readonly stream: string; readonly reason: string },
  json: boolean,
): Promise<ExitCode> {
  const [projection, ...more] = chosenFrom(projections, name);
  if (projection === undefined || more.length > 0)
    throw new StartupError(EXIT.usage, 'error: one projection at a time is skipped in');
  const skipped = await asProjector(async (opened) => {
    const parked = await parkedOf(opened, [projection], stream);
    if (parked.length === 0) return [];
    await record(opened, { act: 'SKIP', target: targetOf(name, stream), reason }, parked);
    return skipParked({ ...opened, projection, streamId: stream });
  });
  return told(json, skipped);
}

const failuresOf = (
  pool: Opened['pool'],
  chosen: readonly Projection[],
): Promise<readonly ProjectionFailure[]> =>
  readFailures(
    sqlOver(pool),
    chosen.map(({ name }) => name),
  );

/** A stream that is named and is not parked is a mistake worth telling. @throws StartupError 64 */
async function parkedOf(
  { pool }: Opened,
  chosen: readonly Projection[],
  stream: string | undefined,
): Promise<readonly ProjectionFailure[]> {
  const all = await failuresOf(pool, chosen);
  const parked = all.filter(
    ({ status, streamId }) => status === 'parked' && (stream === undefined || streamId === stream),
  );
  if (stream !== undefined && parked.length === 0)
    throw new StartupError(
      EXIT.usage,
      `error: ${stream} is not parked there. See: forlop projections failures`,
    );
  return parked;
}

const targetOf = (name: string, stream: string | undefined): string =>
  stream === undefined ? name : `${name}:${stream}`;

/**
 * On the access log before it is done, or it is not done: on that of the municipality whose stream it is, or of no
 * municipality where there are several. As the service's role: the projector's may only read the events.
 */
async function record(
  { urls }: Opened,
  act: Pick<OperatorAct, 'act' | 'target' | 'reason'>,
  parked: readonly ProjectionFailure[],
): Promise<void> {
  await assertServingRole(urls.serviceUrl, 'DATABASE_URL');
  const [municipality, ...others] = new Set(parked.map((one) => one.municipality));
  const owner = municipality && others.length === 0 ? { owner: { municipality } } : {};
  await withCommandDeps(loadConfig(process.env), urls, 'forlop-projections', (deps) =>
    recordOperatorAct(deps, { ...act, ...owner, operator: operator(), now: new Date().toISOString() }),
  );
}

function told(json: boolean, retried: readonly Retried[]): ExitCode {
  answer(json, { retried }, () => (retried.length === 0 ? ['nothing is parked'] : retried.map(outcomeOf)));
  return retried.every(({ parked }) => parked === undefined) ? EXIT.ok : EXIT.failed;
}

const lineOf = (one: ProjectionFailure): string =>
  `${one.projection}  ${one.status}  ${one.streamId}  ${one.position}  ${one.error}  ` +
  `${one.attempts} attempts since ${one.firstAt}  ${one.municipality ?? 'of an unknown municipality'}`;

const outcomeOf = ({ projection, streamId, applied, parked }: Retried): string =>
  parked === undefined
    ? `${projection}: ${streamId} has caught up, ${applied} events applied`
    : `${projection}: ${streamId} waits at ${parked.position} (${parked.error}), ${applied} events applied`;
