/**
 * The deadline watch (fristvakt): keeps the stream `deadline-{id}` beside each case and each request for access. It reads a
 * stream as it is by now, whatever made it look, so that looking again says nothing new.
 */
import { setImmediate } from 'node:timers/promises';
import { clearDataIn, envelopeIn } from '#forlop/command-handling';
import {
  caseDeadlines,
  DEADLINE_ENTRIES,
  deadlineIdName,
  deadlines,
  deadlineStream,
  effectiveEntries,
  fold,
  nextBreach,
  osloDate,
  requestDeadlines,
} from '#forlop/domain';
import type {
  CaseFact,
  DeadlineEvent,
  FollowDeadlines,
  Recorded,
  RecordedInRequest,
  StandingDeadline,
} from '#forlop/domain';
import type { EventStore, StoredEvent } from '#forlop/event-store';
import { WrongExpectedRevision } from '#forlop/event-store';
import type { Occasion, Reacted, Reactor } from '../definition.js';
import { encodeFacts } from './encode.js';
import { named } from './named.js';

const CASES = 'childcase-';
const REQUESTS = 'accessrequest-';
const CORRECTIONS: readonly string[] = ['EntryCorrected', 'EntryRetracted'];

export const DEADLINE_WATCH_NAME = 'deadline-watch';

/** Looks at a stream that was written meanwhile: the first and three more. */
const TRIES = 4;

/** @param store as a role that may append; nothing is opened, so that no key is needed */
export const deadlineWatch = (store: Pick<EventStore, 'readStream' | 'append'>): Reactor => ({
  name: DEADLINE_WATCH_NAME,
  filter: {
    streamPrefixes: [CASES, REQUESTS],
    types: [...DEADLINE_ENTRIES, ...CORRECTIONS, 'InnsynRequested', 'InnsynDecided'],
  },
  // No deadline is to be without its facts, those of a store that was there before the watch among them.
  begins: 'start',
  react: (occasion) => untilNotOvertaken(() => look(store, occasion)),
});

async function untilNotOvertaken<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision) || tries === TRIES) throw error;
    }
  }
}

let breaths: Promise<void> = Promise.resolve();

/**
 * Many streams are read together and would be computed in one go, which takes as many milliseconds: whoever waits for an answer
 * of this process is let in between.
 */
const breath = (): Promise<void> => (breaths = breaths.then(() => setImmediate()));

async function look(
  store: Pick<EventStore, 'readStream' | 'append'>,
  { streamId, today }: Occasion,
): Promise<Reacted> {
  const own = deadlineStream(streamId.slice(streamId.indexOf('-') + 1));
  const [entries, facts] = await Promise.all([store.readStream(streamId), store.readStream(own)]);
  await breath();
  const [first] = entries;
  if (first === undefined) return {};
  const known = knownOn(entries);
  const command: FollowDeadlines = {
    type: 'FollowDeadlines',
    standing: standingIn(streamId, entries).map((deadline) => ({
      ...deadline,
      knownOn: known(deadline),
      deadlineId: named(deadlineIdName(own, deadline.slot, deadline.subject)),
    })),
    today,
    municipality: envelopeIn(first).municipalityNumber,
  };
  const state = fold(deadlines, facts.map(factIn));
  const news = deadlines.decide(command, state);
  if (news.length > 0) {
    const events = encodeFacts(own, news, { entries, state, standing: command.standing });
    await store.append(own, events, facts.length === 0 ? 'noStream' : facts.length - 1);
  }
  const wakeOn = nextBreach(command);
  return { upTo: entries.length - 1, ...(wakeOn === undefined ? {} : { wakeOn }) };
}

/** When the entry that it counts from was recorded, or the case was last corrected since. */
function knownOn(entries: readonly StoredEvent[]): (deadline: StandingDeadline) => string {
  const recorded = new Map(entries.map(({ eventId, recordedAt }) => [eventId, recordedAt]));
  const corrected = entries.findLast(({ type }) => CORRECTIONS.includes(type))?.recordedAt ?? '';
  const days = new Map<string, string>();
  return ({ triggerEventId }) => {
    const at = recorded.get(triggerEventId) ?? '';
    const known = at > corrected ? at : corrected;
    const day = days.get(known) ?? osloDate(known);
    days.set(known, day);
    return day;
  };
}

function standingIn(streamId: string, entries: readonly StoredEvent[]): StandingDeadline[] {
  return streamId.startsWith(CASES)
    ? caseDeadlines(effectiveEntries(entries.map(recordedIn)))
    : requestDeadlines(entries.map(recordedIn) as unknown as RecordedInRequest[]);
}

/** The clear part of an entry is enough: deadlines hang on types, ids and days. */
const recordedIn = (stored: StoredEvent): Recorded => ({
  eventId: stored.eventId,
  event: { type: stored.type, data: clearDataIn(stored), flags: [] } as unknown as CaseFact,
});

const factIn = (stored: StoredEvent): DeadlineEvent =>
  ({ type: stored.type, data: clearDataIn(stored) }) as unknown as DeadlineEvent;
