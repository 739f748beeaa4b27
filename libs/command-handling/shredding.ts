import { randomUUID } from 'node:crypto';
import { caseStatus, caseStream, osloDate, person, personStream } from '#forlop/domain';
import type { Actor, CaseState, CaseStatus, Command, PersonState, ShredSubject } from '#forlop/domain';
import type { EventStore, Position } from '#forlop/event-store';
import { loadCaseStream } from './case-stream.js';
import type { ReadEvent } from './codec.js';
import { NotFound } from './errors.js';
import { commandIdOf } from './ids.js';
import { recordOperatorAct } from './operator/acts.js';
import { ownerOf } from './owner.js';
import { appendAt, load, untilNotOvertaken } from './stream.js';
import type { CommandDeps, Loaded } from './stream.js';

type Shredding = Command<typeof ShredSubject>['data'];

/** What an operator asks for, with the decision (kassasjonsvedtak) that it rests on. */
export interface ShredRequest extends Pick<Shredding, 'subjectRef' | 'ground' | 'decisionRef'> {
  readonly operator: Actor;
  readonly now: string;
}

export interface Shredded {
  readonly subjectRef: string;
  /** Position of the `SubjectShredded` that records it; `null` when it was recorded before. */
  readonly position: Position | null;
  /** Dead rows of the key store that an older transaction still holds on disk; above 0: run it again later. */
  readonly deadRows: number;
}

/**
 * Destroys the key of a person and the rows of the blind index, and records it, in the person's stream and in the access
 * log. The events come first, so that a crash leaves a record that a repeat completes, and never a key that is gone without one.
 * Throws `NotFound`, or `RuleBroken` where arkivlova 2025 §§12–13 forbids it.
 */
export async function shredSubject(deps: CommandDeps, request: ShredRequest): Promise<Shredded> {
  const { subjectRef } = request;
  const { position, owner } = await untilNotOvertaken(undefined, async () => {
    const loaded = await load(deps, person, personStream(subjectRef));
    const [first] = loaded.events;
    if (first === undefined) throw new NotFound();
    return {
      position: await recordShredding(deps, loaded, request),
      owner: ownerOf(first.envelope),
    };
  });
  const { decisionRef: reason, operator, now } = request;
  await recordOperatorAct(deps, { act: 'SHRED', target: subjectRef, reason, operator, owner, now });
  const { deadRows } = await deps.keyStore.destroy(subjectRef);
  return { subjectRef, position, deadRows };
}

async function recordShredding(
  deps: CommandDeps,
  loaded: Loaded<PersonState>,
  { operator, now, ...asked }: ShredRequest,
): Promise<Position | null> {
  const [first] = loaded.events as [ReadEvent];
  const owner = ownerOf(first.envelope);
  const today = osloDate(now);
  const command = {
    type: 'ShredSubject',
    data: { ...asked, shreddedOn: today, cases: await casesOf(deps, asked.subjectRef) },
    context: { now, today, by: operator, ...owner },
  } as const;
  const [shredded] = person.decide(command, loaded.state);
  if (!shredded) return null;
  const key = { municipality: owner.municipality, idempotencyKey: randomUUID() };
  const [placed] = await appendAt(deps, loaded, [shredded], {
    key,
    commandId: commandIdOf(key),
    correlationId: key.idempotencyKey,
    caller: { actor: operator },
    owner,
    protection: first.envelope.protection,
  });
  return placed?.position ?? null;
}

/**
 * Every case that names the person, as child or as anybody else: what is judged is whether it is closed and without a
 * decision on measures. A rare act of an operator, so it may read the whole store rather than keep an index for it.
 */
async function casesOf(deps: CommandDeps, subjectRef: string) {
  const streams = await streamsNaming(deps.store, subjectRef);
  return Promise.all(
    streams.map(async (streamId) => {
      const { events, state } = await loadCaseStream(deps, streamId);
      return {
        caseId: streamId.slice(caseStream('').length),
        open: isOpen(state),
        holdsMeasureDecision: events.some(({ event }) => event.type === 'MeasureDecided'),
        lastEntryOn: osloDate((events.at(-1) as ReadEvent).recordedAt),
      };
    }),
  );
}

const PAGE = 1000;

async function streamsNaming(store: EventStore, subjectRef: string): Promise<string[]> {
  const found = new Set<string>();
  const filter = { streamPrefixes: [caseStream('')] };
  for (let after: Position | null = null, more = true; more;) {
    const page = await store.readAll(after, PAGE, filter);
    for (const event of page.events) if (event.payload.includes(subjectRef)) found.add(event.streamId);
    after = page.position;
    more = page.events.length > 0;
  }
  return [...found];
}

const CLOSED: readonly CaseStatus[] = ['DISMISSED', 'INVESTIGATION_DISMISSED'];

/** A dismissal with leave to reopen keeps the case open: what it holds may be needed within the six months. */
const isOpen = (state: CaseState): boolean => !CLOSED.includes(caseStatus(state));
