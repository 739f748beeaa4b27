import type { Actor, Flag, LocalDate } from '#forlop/domain';
import type { Position } from '#forlop/event-store';

/** Who asks, as the verified token says it. `municipality` is the four-digit kommunenummer, `district` the two-digit bydelsnummer. */
export interface Caller {
  readonly actor: Actor;
  readonly municipality: string;
  readonly district?: string;
}

/** Municipality, and district where the municipality has them, that a stream belongs to. */
export interface Owner {
  readonly municipality: string;
  readonly district?: string;
}

/** What surrounds a command: who, under which key, when. Nothing in here is read from a clock or made up later. */
export interface CommandRequest {
  readonly caller: Caller;
  /** The client's `Idempotency-Key`, a UUID: the command's id, known only within the caller's municipality. */
  readonly idempotencyKey: string;
  /** Canonical text of what was asked (method, route, path ids, body). Only its HMAC is stored. */
  readonly fingerprint: string;
  readonly correlationId: string;
  /** The revision that the client saw, from `If-Match`. */
  readonly ifMatch?: number;
  /** UTC instant at which the service took the request in. */
  readonly now: string;
  /** The same moment as a calendar day in Europe/Oslo. */
  readonly today: LocalDate;
}

export interface AcceptedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly streamId: string;
}

/** An accepted command. `events` is empty when it changed nothing. */
export interface Accepted {
  readonly commandId: string;
  /** The aggregate's id (`caseId`, `personId`) and every id that the command named or the service made for it. */
  readonly ids: Readonly<Record<string, unknown>>;
  /** Revision of the stream's last event after the command, 0-based. */
  readonly revision: number;
  /** Position of the last event appended; of a command that changed nothing, the current one. */
  readonly position: Position | null;
  readonly events: readonly AcceptedEvent[];
  readonly flags: readonly Flag[];
}
