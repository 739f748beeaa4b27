export type CopyRefusal =
  /** Both ends are one store. */
  | 'same-store'
  /** What the target holds is no first part of the source. */
  | 'differs'
  /** The target holds all of the source, and more. */
  | 'ahead'
  /** Somebody else writes to the target. */
  | 'changed'
  /** An event of the source does not have the hash that is stored beside it. */
  | 'damaged';

const TEXTS: Readonly<Record<CopyRefusal, string>> = {
  'same-store': 'Both are the same store.',
  differs:
    'The target holds events that are no first part of the source. Nothing was changed: copy to an empty store.',
  ahead:
    'The target holds all events of the source, and others behind them. It has a life of its own, and nothing was changed.',
  changed:
    'Somebody else writes to the target. Stop what serves on it and look at what it holds before it is used.',
  damaged:
    'The source is damaged: an event does not have the hash that is stored beside it. See to it before anything is copied.',
};

/** A store is not copied, because the copy would not be one. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';

  /** @param position of the event of the source at fault, if it is one */
  constructor(
    readonly reason: CopyRefusal,
    readonly position?: string,
  ) {
    super(position === undefined ? TEXTS[reason] : `${TEXTS[reason]} (${position})`);
  }
}
