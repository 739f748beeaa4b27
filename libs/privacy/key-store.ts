/** The key that seals one person's texts, or the fact that it is destroyed for good. */
export type DataKey = Buffer | 'destroyed';

/**
 * Keys by subject (a person's UUID in its one spelling, lower case). Every call asks the database: a key remembered from
 * one request to the next would outlive its destruction by another process.
 * All calls throw KeyStoreUnavailable when the database is away, KeyUnreadable when the master key is another one.
 */
export interface KeyStore {
  /**
   * The keys of all subjects; those that have none get one, durable before the promise resolves, so that nothing is
   * ever sealed with a key that a crash could lose. A destroyed key is never made anew.
   */
  ensureKeys(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>>;
  /** The keys that exist or existed, by one statement; a subject without one is absent from the map. */
  readKeys(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>>;
  /**
   * Destroys a subject's key and its rows in the blind index, and takes what is dead off the disk; for an operator, as it
   * may take seconds. Where it throws, nothing is destroyed or only the last part is missing: repeat it.
   */
  destroy(subject: string): Promise<Destruction>;
}

export interface Destruction {
  /**
   * Dead rows of the key store that a transaction older than the destruction still holds on disk; 0 when all are
   * gone. Above 0, repeat the call once that transaction (a backup, say) is over.
   */
  readonly deadRows: number;
}

/** An identifier to be given to a person. */
export interface Reservation {
  readonly municipality: string;
  readonly hmac: Buffer;
  readonly personId: string;
}

/**
 * From an identity number to the person who has it, without storing the number: municipality and HMAC of the
 * identifier (`MasterKey.identifierHmac`) to a person's UUID.
 */
export interface BlindIndex {
  /**
   * Gives the identifier to `personId` unless somebody has it; answers with who has it now, so that two who register
   * the same number at once get the same person. Throws SubjectShredded when `personId` is destroyed.
   */
  reserve(municipality: string, identifierHmac: Buffer, personId: string): Promise<string>;
  /** As many `reserve` by one statement, for whoever registers many; the answers in their order. */
  reserveAll(reservations: readonly Reservation[]): Promise<readonly string[]>;
  /** Who has the identifier in that municipality. */
  find(municipality: string, identifierHmac: Buffer): Promise<string | undefined>;
  /** Takes the identifier from `personId` if that is who has it: a number that was corrected. */
  release(municipality: string, identifierHmac: Buffer, personId: string): Promise<void>;
}
