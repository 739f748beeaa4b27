import { randomUUID } from 'node:crypto';
import {
  assertInScope,
  caseStream,
  countedEvent,
  dossierQuestions,
  effectiveEntries,
  supervision,
  supervisionStream,
} from '#forlop/domain';
import type {
  CommandContext,
  DossierQuestion,
  LocalDate,
  SupervisionCommandOf,
  SupervisionEvent,
  SupervisionState,
} from '#forlop/domain';
import { WrongExpectedRevision } from '#forlop/event-store';
import type { Position } from '#forlop/event-store';
import { AccessLogUnavailable } from '../errors.js';
import { InFlight } from '../in-flight.js';
import { readCaseFile } from '../innsyn/cases.js';
import { placesOf, upTo } from '../places.js';
import { commandIdOf } from '../ids.js';
import type { Caller, CommandRequest } from '../request.js';
import { appendAt, load, untilNotOvertaken } from '../stream.js';
import type { StreamDeps } from '../stream.js';
import { isOf, SUPERVISORY } from './command.js';

/** Who reads, and when. */
export interface ReplayOccasion extends Pick<CommandRequest, 'now' | 'today' | 'correlationId'> {
  readonly caller: Pick<Caller, 'actor'>;
}

/** Where in the store a replay stands, so that it can be repeated. */
export type AsOf = SupervisionCommandOf<'RecordReplay'>['data']['asOf'];

/** The last event of a case. */
export interface Pin {
  /** Where it stands in this store. */
  readonly position: Position;
  /** As it is told. */
  readonly asOf: AsOf;
}

/** Cases and the municipalities that own them. */
export type OwnedCase = SupervisionCommandOf<'RecordReplay'>['data']['cases'][number];

export interface Replay extends Pick<SupervisionCommandOf<'RecordReplay'>['data'], 'knownAt' | 'validAt'> {
  readonly supervisionId: string;
  readonly cases: readonly OwnedCase[];
  readonly asOf: AsOf;
}

/** A supervision as it stands, and every replay in it. */
export interface SupervisionFile {
  readonly state: Exclude<SupervisionState, { situation: 'none' }>;
  readonly replays: readonly Extract<SupervisionEvent, { type: 'CaseHistoryReplayed' }>['data'][];
}

/**
 * What a supervisor may read, and the record of what was: straight from the streams, so that a supervision closed a moment
 * ago covers nothing any more.
 */
export class Supervisions {
  private readonly inFlight = new InFlight();

  constructor(private readonly deps: StreamDeps) {}

  /** `undefined` for one that nobody opened, and for another authority's. */
  async own(supervisionId: string, caller: Pick<Caller, 'actor'>): Promise<SupervisionFile | undefined> {
    const { state, events } = await load(this.deps, supervision, supervisionStream(supervisionId));
    if (!isOf(state, caller.actor)) return undefined;
    const replays = events.flatMap(({ event }) => {
      const recorded = event as SupervisionEvent;
      return recorded.type === 'CaseHistoryReplayed' ? [recorded.data] : [];
    });
    return { state, replays };
  }

  /** Throws `outside-supervision-scope`; a case that nobody has is outside as well. */
  async assertInScope(
    supervisionId: string,
    caseIds: readonly string[],
    cases: readonly OwnedCase[],
    occasion: ReplayOccasion,
  ): Promise<void> {
    const { state } = await load(this.deps, supervision, supervisionStream(supervisionId));
    assertInScope(state, { caseIds, cases, context: contextOf(occasion) });
  }

  /** The last event of a case, up to a position where one is given (see `upTo`); `undefined` where there was none. */
  async pinOf(caseId: string, until?: Position): Promise<Pin | undefined> {
    const { store } = this.deps;
    const stream = caseStream(caseId);
    const last =
      until === undefined
        ? (await store.readStream(stream, { direction: 'backwards', limit: 1 }))[0]
        : (await upTo(store, await store.readStream(stream), until)).at(-1);
    if (last === undefined) return undefined;
    const { eventId: lastEventId, position } = last;
    const placeOf = await placesOf(store, [last]);
    return { position, asOf: { ...placeOf(position), lastEventId } };
  }

  /**
   * Recorded before the answer leaves, or nothing leaves. Throws `outside-supervision-scope`, and `AccessLogUnavailable`.
   * Several at once in one supervision go one after another: each is appended at the revision that it was judged at.
   */
  recordReplay(replay: Replay, occasion: ReplayOccasion): Promise<void> {
    return this.inFlight.run(replay.supervisionId, () =>
      untilNotOvertaken(undefined, () => this.replayed(replay, occasion)),
    );
  }

  private async replayed(
    { supervisionId, cases, ...replay }: Replay,
    occasion: ReplayOccasion,
  ): Promise<void> {
    const loaded = await load(this.deps, supervision, supervisionStream(supervisionId));
    const caseIds = cases.map(({ caseId }) => caseId);
    const data = { supervisionId, caseIds, cases, ...replay };
    const events = supervision.decide(
      { type: 'RecordReplay', data, context: contextOf(occasion) },
      loaded.state,
    );
    const key = { ...SUPERVISORY, idempotencyKey: randomUUID() };
    await appendAt(this.deps, loaded, events, {
      key,
      commandId: commandIdOf(key),
      correlationId: occasion.correlationId,
      caller: occasion.caller,
      owner: SUPERVISORY,
      protection: 'UGRADERT',
    }).catch((error: unknown) => {
      throw error instanceof WrongExpectedRevision ? error : new AccessLogUnavailable(error);
    });
  }

  /** The five questions of a case as it was known at a position, judged on a day; none for a case that was not there. */
  async dossier(caseId: string, until: Position, on: LocalDate): Promise<readonly DossierQuestion[]> {
    const file = await readCaseFile(this.deps, caseId, { until });
    if (file === undefined) return [];
    const facts = effectiveEntries(file.entries).flatMap((entry) => {
      const event = countedEvent(entry);
      return event === undefined ? [] : [{ eventId: entry.recorded.eventId, event }];
    });
    return dossierQuestions(facts, on);
  }
}

const contextOf = ({ caller, now, today }: ReplayOccasion): CommandContext => ({
  now,
  today,
  by: caller.actor,
  ...SUPERVISORY,
});
