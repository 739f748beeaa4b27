import { randomUUID } from 'node:crypto';
import { accessLogStream, CaseHistoryAccessed } from '#forlop/domain';
import type { AccessDecision, Purpose } from '#forlop/domain';
import { StoreUnavailable } from '#forlop/event-store';
import type { EventToAppend } from '#forlop/event-store';
import { encode } from './codec.js';
import { AccessLogUnavailable } from './errors.js';
import type { Caller, CommandRequest, Owner } from './request.js';
import type { AccessSpool } from './spool/access-spool.js';
import { soon } from './spool/patience.js';
import type { StreamDeps } from './stream.js';

/** One read, or one attempt that was refused. */
export interface Access {
  /** A supervisor's token names no municipality; then `owner` says whose log it is, or it goes to `0000`. */
  readonly caller: Omit<Caller, 'municipality'> & { readonly municipality?: string };
  /** Whose log records it, where that is not the caller's own: the owner of what was asked for. */
  readonly owner?: Owner;
  /** Every case that the answer held. */
  readonly caseIds: readonly string[];
  /** The route's pattern, never its URL: `GET /cases/{caseId}`. */
  readonly view: string;
  readonly purpose: Purpose;
  readonly decision: AccessDecision;
  readonly occasion: Pick<CommandRequest, 'now' | 'today' | 'correlationId'>;
}

/** ms: a store that was away a moment ago is not waited for again by each read. */
const AWAY = 2_000;

export interface AccessLogDeps extends StreamDeps {
  /** Where accesses wait while the store is away. Without one they fail. */
  readonly spool?: Pick<AccessSpool, 'put'>;
}

/** A read is an event: appended, or in the spool for good, before the answer leaves, or nothing leaves. */
export class AccessLog {
  private awayUntil = -Infinity;

  constructor(private readonly deps: AccessLogDeps) {}

  /** Throws `AccessLogUnavailable` when the log cannot be written. */
  async record(access: Access): Promise<void> {
    const owner = access.owner ?? {
      municipality: access.caller.municipality ?? '0000',
      ...(access.caller.district ? { district: access.caller.district } : {}),
    };
    const streamId = accessLogStream(owner.municipality, access.occasion.today);
    const id = randomUUID();
    try {
      const [event] = await encode(this.deps.sealer, streamId, [eventOf(access)], {
        key: { municipality: owner.municipality, idempotencyKey: id },
        commandId: id,
        correlationId: access.occasion.correlationId,
        caller: access.caller,
        owner,
        protection: 'UGRADERT',
      });
      const { commandId: _, ...read } = event as EventToAppend;
      await this.store(streamId, read);
    } catch (error) {
      throw new AccessLogUnavailable(error);
    }
  }

  private async store(streamId: string, read: EventToAppend): Promise<void> {
    const { spool, store } = this.deps;
    if (spool === undefined || performance.now() >= this.awayUntil) {
      try {
        const appended = store.append(streamId, [read], 'any');
        await (spool === undefined ? appended : soon('append', appended));
        return;
      } catch (error) {
        if (spool === undefined || !(error instanceof StoreUnavailable)) throw error;
        this.awayUntil = performance.now() + AWAY;
      }
    }
    // An append without an answer may be stored all the same: the event has its id, and comes once.
    await spool.put(streamId, read);
  }
}

const eventOf = ({ caller, caseIds, view, purpose, decision, occasion }: Access) => ({
  type: CaseHistoryAccessed.type,
  data: {
    who: caller.actor.subjectId,
    role: caller.actor.role,
    org: caller.actor.orgNumber,
    caseIds,
    what: { view },
    when: occasion.now,
    purpose,
    decision,
  },
});
