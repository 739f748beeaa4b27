/** A state of a long stream, stored so that a process that has not kept it reads what came after it and no more. */
export interface Snapshot {
  readonly revision: number;
  /** The last event that it holds. */
  readonly eventId: string;
  readonly version: string;
  readonly sealed: Buffer;
}

/** At most one snapshot a stream. Never needed: where one is missing, does not fit or cannot be opened, the stream is read. */
export interface Snapshots {
  read(streamId: string): Promise<Snapshot | undefined>;
  /** In the place of an older one. */
  write(streamId: string, snapshot: Snapshot): Promise<void>;
  /** If it is still the one of that revision. */
  remove(streamId: string, revision: number): Promise<void>;
}
