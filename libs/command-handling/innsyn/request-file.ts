/** A request for access and the cases that it is about, read from their streams: what commands and answers are made of. */
import { createHash } from 'node:crypto';
import { accessRequest, accessRequestStream, canonicalJson, innsynPackage, RuleBroken } from '#forlop/domain';
import type { AccessRequestState, JsonObject, OpenRequest } from '#forlop/domain';
import type { Position } from '#forlop/event-store';
import { NotFound } from '../errors.js';
import { placesOf } from '../places.js';
import { load } from '../stream.js';
import type { Admission, Loaded, StreamDeps } from '../stream.js';
import { fileEntries, readCaseFile } from './cases.js';
import type { CaseFile } from './cases.js';
import { isUnder15 } from './facts.js';

export interface LoadedRequest extends Loaded<AccessRequestState> {
  readonly cases: readonly CaseFile[];
}

/** The whole request, as its commands are judged by it. `NotFound` for an id that nobody has. */
export async function loadRequest(
  deps: StreamDeps,
  requestId: string,
  admission?: Admission,
): Promise<LoadedRequest> {
  const loaded = await load(deps, accessRequest, accessRequestStream(requestId), admission);
  if (loaded.state.situation === 'none') throw new NotFound();
  return { ...loaded, cases: await filesOf(deps, loaded.state.caseIds) };
}

/** Throws `NotFound` where one of them is no case. */
export async function filesOf(
  deps: StreamDeps,
  caseIds: readonly string[],
  { until, admit }: { readonly until?: Position; readonly admit?: (caseId: string) => Admission } = {},
): Promise<readonly CaseFile[]> {
  return Promise.all(
    caseIds.map(async (caseId) => {
      const file = await readCaseFile(deps, caseId, {
        ...(until === undefined ? {} : { until }),
        ...(admit === undefined ? {} : { admission: admit(caseId) }),
      });
      if (file === undefined) throw new NotFound();
      return file;
    }),
  );
}

/** What is handed over: its bytes, and the hash that is recorded of them. */
export interface InnsynPackage {
  readonly manifest: JsonObject;
  /** UTF-8; `packageHash` is of exactly this. */
  readonly text: string;
  /** SHA-256 in hex. */
  readonly packageHash: string;
  readonly caseIds: readonly string[];
}

/**
 * The package of the last decision: the request and its cases as they stood when it was decided, so that what is recorded
 * later changes nothing of it. Throws `no-decision`.
 */
export async function packageOf(deps: StreamDeps, requestId: string): Promise<InnsynPackage> {
  const streamId = accessRequestStream(requestId);
  const stored = await deps.store.readStream(streamId);
  const decided = stored.findLast(({ type }) => type === 'InnsynDecided');
  if (decided === undefined) throw undecided();
  const pin = decided.position;
  const { state } = await load(deps, accessRequest, streamId, undefined, pin);
  if (state.situation === 'none') throw new NotFound();
  const cases = await filesOf(deps, state.caseIds, { until: pin });
  const placeOf = await placesOf(deps.store, [decided, ...cases.flatMap((file) => file.stored)]);
  const manifest = innsynPackage({
    request: state,
    entries: cases
      .flatMap(fileEntries)
      .map((entry) => ({ ...entry, place: placeOf(entry.position).position })),
    asOf: placeOf(pin),
    under15: await isUnder15(deps, cases, state, { on: decidedOn(state), until: pin }),
  });
  const text = canonicalJson(manifest);
  const packageHash = createHash('sha256').update(text).digest('hex');
  return { manifest, text, packageHash, caseIds: state.caseIds };
}

const decidedOn = ({ decisions, receivedOn }: OpenRequest): string =>
  decisions.at(-1)?.decidedOn ?? receivedOn;

const undecided = (): RuleBroken =>
  new RuleBroken({
    slug: 'no-decision',
    detail: 'Innsynsbegjæringen er ikke avgjort, så det er ingen pakke å utlevere.',
    losning: 'Vurder dokumentene og avgjør begjæringen først.',
  });
