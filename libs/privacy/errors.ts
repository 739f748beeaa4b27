/** The key of this person is destroyed: nothing more can be recorded about them. Opening gives `[slettet]` instead. */
export class SubjectShredded extends Error {
  override readonly name = 'SubjectShredded';
  constructor(readonly subject: string) {
    super(`The key of subject ${subject} is destroyed.`);
  }
}

/**
 * A sealed payload is not what was sealed: changed, cut, or moved from another event, person, type or version.
 * `reason` says which part does not fit; it never holds anything of the content.
 */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  constructor(
    readonly eventId: string,
    readonly reason: string,
  ) {
    super(`The sealed payload of event ${eventId} does not open: ${reason}.`);
  }
}

/**
 * The key store has never heard of this person, though something is sealed with their key: it was restored from a
 * backup older than the events, or belongs to other events. Not the same as shredded, so never shown as that.
 */
export class KeyMissing extends Error {
  override readonly name = 'KeyMissing';
  constructor(readonly subject: string) {
    super(`The key store holds no key for subject ${subject}, not even a destroyed one.`);
  }
}

/** A wrapped key does not open with this master key: another master key, or a changed row. */
export class KeyUnreadable extends Error {
  override readonly name = 'KeyUnreadable';
  constructor(readonly subject: string) {
    super(
      `The key of subject ${subject} does not open with this master key: is it the file that belongs to this key store?`,
    );
  }
}

/** The master key file is missing, readable by others, or not 32 bytes. `remedy` is a command or an act that helps. */
export class MasterKeyUnusable extends Error {
  override readonly name = 'MasterKeyUnusable';
  constructor(
    readonly path: string,
    readonly problem: string,
    readonly remedy: string,
    cause?: unknown,
  ) {
    super(`Master key file ${path}: ${problem}. ${remedy}`, { cause });
  }
}

/** The database of the keys cannot be reached or takes no writes now; the same call may succeed later. */
export class KeyStoreUnavailable extends Error {
  override readonly name = 'KeyStoreUnavailable';
  constructor(cause: unknown) {
    super('The key store cannot be reached.', { cause });
  }
}
