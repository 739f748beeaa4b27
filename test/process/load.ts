import { randomUUID } from 'node:crypto';
import type { EventStore, EventToAppend, Position } from '#forlop/event-store';

/** Entries of a journal before it is another case's turn: a retraction projects its whole stream anew. */
const LONGEST = 20;

/** Events of cases and of an access log that need no key, appended as fast as the store takes them. */
export class Load {
  private readonly cases = Array.from({ length: 12 }, () => new CaseWriter());
  private turn = 0;
  /** Events of cases that were stored. */
  stored = 0;

  constructor(private readonly store: EventStore) {}

  /** So many appends, one after the other. */
  async run(turns: number): Promise<void> {
    for (let left = turns; left > 0; left -= 1) {
      await this.mark();
      if (left % 5 === 0) await this.appendAccess(left);
    }
  }

  /** One more append, whose position is then waited for. */
  mark(): Promise<Position> {
    return this.append((this.turn += 1));
  }

  private async append(turn: number): Promise<Position> {
    const at = turn % this.cases.length;
    let writer = this.cases[at];
    if (writer === undefined || writer.length >= LONGEST) this.cases[at] = writer = new CaseWriter();
    const events = writer.next(turn);
    this.stored += events.length;
    return (await this.store.append(writer.streamId, events, 'any')).position;
  }

  private async appendAccess(turn: number): Promise<void> {
    const streamId = 'accesslog-3401-2026-03-02';
    const data = {
      who: 'ansatt-17',
      role: 'SAKSBEHANDLER',
      org: '0192:999999999',
      caseIds: [this.cases[turn % this.cases.length]?.caseId],
      what: { view: 'GET /cases/{caseId}' },
      when: '2026-03-02T10:00:00Z',
      purpose: 'TJENSTLIG',
      decision: 'PERMIT',
    };
    await this.store.append(streamId, [eventOf(streamId, 'CaseHistoryAccessed', data)], 'any');
  }
}

/** A journal that grows, of which an entry is now and then retracted: its rows are then made anew. */
class CaseWriter {
  readonly caseId = randomUUID();
  readonly streamId = `childcase-${this.caseId}`;
  length = 0;
  private last: string | undefined;

  next(turn: number): EventToAppend[] {
    const { last, streamId } = this;
    this.length += 1;
    if (last !== undefined && turn % 7 === 0) {
      this.last = undefined;
      return [eventOf(streamId, 'EntryRetracted', { targetEventId: last, on: '2026-03-03' })];
    }
    const events = Array.from({ length: 1 + (turn % 3) }, () =>
      eventOf(streamId, 'DocumentJournaled', {
        documentId: randomUUID(),
        journaledOn: '2026-03-02',
        internal: false,
      }),
    );
    this.last = events.at(-1)?.eventId;
    return events;
  }
}

/** An event as a municipality's archivist stored it. */
export function eventOf(streamId: string, type: string, data: object): EventToAppend {
  const eventId = randomUUID();
  const envelope = {
    eventId,
    streamId,
    type,
    schemaVersion: 1,
    occurredAt: '2026-03-02T00:00:00+01:00',
    actor: { subjectId: 'ansatt-17', role: 'ARKIVAR', orgNumber: '0192:999999999' },
    municipalityNumber: '3401',
    legalBasis: [],
    rulesetVersion: 'BVL2021-2026',
    journalRelevant: true,
    flags: [],
  };
  return {
    eventId,
    type,
    schemaVersion: 1,
    payload: JSON.stringify({ data, sealed: [] }),
    metadata: JSON.stringify(envelope),
  };
}
