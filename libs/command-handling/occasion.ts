import type { Protection } from '#forlop/domain';
import type { KeyInHand, Sealer } from '#forlop/privacy';
import { commandIdOf } from './ids.js';
import type { CommandKey } from './ids.js';
import type { Caller, CommandRequest, Owner } from './request.js';

/** What the events of one append have in common, besides their stream. */
export interface Occasion {
  readonly key: CommandKey;
  readonly commandId: string;
  readonly bodyHmac?: string;
  readonly correlationId: string;
  readonly caller: Pick<Caller, 'actor'>;
  /** Municipality and district that own the stream. */
  readonly owner: Owner;
  /** The person whose key seals the events; none for a stream that holds nothing personal. */
  readonly subject?: string;
  /** The subject's key, where it was read for this very command. */
  readonly keyInHand?: KeyInHand;
  readonly protection: Protection;
}

/** Whose the events of a stream are, whose key seals them, and under which protection. */
export type Belonging = Pick<Occasion, 'owner' | 'subject' | 'protection'>;

/** A command as it is known to the store: its key there, and the fingerprint that tells a repeat from another request. */
export type Command = Pick<Occasion, 'key' | 'commandId' | 'correlationId' | 'caller'> & {
  readonly bodyHmac: string;
};

export function commandOf(sealer: Sealer, request: CommandRequest): Command {
  const { caller, correlationId } = request;
  const key = {
    municipality: caller.municipality,
    idempotencyKey: request.idempotencyKey.toLowerCase(),
  };
  return {
    key,
    commandId: commandIdOf(key),
    bodyHmac: sealer.bodyHmac(request.fingerprint),
    correlationId,
    caller,
  };
}
