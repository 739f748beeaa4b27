/** What goes over the wire to EventStoreDB and comes back, without a word of the client that carries it. */
import type { LogPosition } from './kind.js';

/** An event as the server has it. */
export interface WireEvent extends LogPosition {
  /** The server's id of it, which is not the event's own (see `envelope.ts`). */
  readonly id: string;
  readonly streamId: string;
  readonly revision: number;
  readonly type: string;
  /** When the server took it: 100 ns since 1970. */
  readonly created: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface WireEventToAppend {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Appending {
  readonly streamId: string;
  readonly events: readonly WireEventToAppend[];
  /** A number is the revision of the stream's last event. */
  readonly expected: 'any' | 'noStream' | 'streamExists' | number;
}

/** Both of the last event of the append. */
export interface AppendReply {
  readonly revision: number;
  readonly position: LogPosition;
}

/** What the server leaves out before it sends. Without one it sends its own events too. */
export type WireFilter = { readonly streamPrefixes: readonly string[] } | { readonly typePattern: string };

/** Events of the server's own begin with a dollar sign; so do those of this adapter that are no events of the store. */
export const OWN_EVENTS_ONLY: WireFilter = { typePattern: '^[^$]' };

interface Reading {
  readonly direction: 'forwards' | 'backwards';
  readonly limit: number;
}

export type ReadRequest =
  | (Reading & {
      readonly kind: 'stream';
      readonly streamId: string;
      readonly from: number | 'start' | 'end';
    })
  /** A position is read inclusively. */
  | (Reading & {
      readonly kind: 'all';
      readonly from: LogPosition | 'start' | 'end';
      readonly filter: WireFilter;
    })
  /** Everything after the position, then what comes. */
  | { readonly kind: 'subscription'; readonly after: LogPosition | 'start'; readonly filter: WireFilter };

export type WireMessage =
  | { readonly kind: 'event'; readonly event: WireEvent }
  /** Everything up to it has been sent. */
  | { readonly kind: 'checkpoint'; readonly position: LogPosition }
  | { readonly kind: 'caught-up' };

/** A read or subscription on its way. */
export interface Call {
  /** Resolves when the server has sent all, rejects with a `WireFailure`; also after `cancel`. */
  readonly ended: Promise<void>;
  cancel(): void;
  pause(): void;
  resume(): void;
}

/** What the rest of the adapter needs of a connection. */
export interface Wire {
  append(appending: Appending, timeout: number): Promise<AppendReply>;
  open(request: ReadRequest, on: (message: WireMessage) => void): Promise<Call>;
  close(): Promise<void>;
}
