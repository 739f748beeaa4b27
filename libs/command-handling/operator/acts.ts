import { randomUUID } from 'node:crypto';
import { accessLogStream, OperatorActRecorded, osloDate } from '#forlop/domain';
import type { Actor, Infer } from '#forlop/domain';
import type { EventToAppend, Position } from '#forlop/event-store';
import { encode } from '../codec.js';
import { AccessLogUnavailable } from '../errors.js';
import type { Owner } from '../request.js';
import type { StreamDeps } from '../stream.js';

type Recorded = Infer<typeof OperatorActRecorded.shape>;

/** What an operator is about to do. */
export interface OperatorAct extends Pick<Recorded, 'act' | 'target' | 'reason'> {
  readonly operator: Actor;
  /** Whose access log it goes on; `0000` for what concerns them all. */
  readonly owner?: Owner;
  /** UTC instant. */
  readonly now: string;
}

/** Puts an operator's act on the access log: before it is done, or it is not done. Throws `AccessLogUnavailable`. */
export async function recordOperatorAct(
  { store, sealer }: StreamDeps,
  { act, target, reason, operator, owner = { municipality: '0000' }, now }: OperatorAct,
): Promise<Position> {
  const on = osloDate(now);
  const streamId = accessLogStream(owner.municipality, on);
  const data = { act, operator: operator.subjectId, target, ...(reason === undefined ? {} : { reason }), on };
  const id = randomUUID();
  try {
    const [event] = await encode(sealer, streamId, [{ type: OperatorActRecorded.type, data }], {
      key: { municipality: owner.municipality, idempotencyKey: id },
      commandId: id,
      correlationId: id,
      caller: { actor: operator },
      owner,
      protection: 'UGRADERT',
    });
    const { commandId: _, ...recorded } = event as EventToAppend;
    const { position } = await store.append(streamId, [recorded], 'any');
    return position;
  } catch (error) {
    throw new AccessLogUnavailable(error);
  }
}
