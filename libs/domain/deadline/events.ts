// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/**
 * What becomes of a deadline (frist), in a stream of its own beside the case or the request that it belongs to. Appended by a
 * reactor, never asked for by a client: nothing in it is personal, and no revision that a client knows is moved by it.
 */
import { defineEvent, type EventOf } from '../kernel/definition.js';
import { computed, date, id, integer, oneOf, optional } from '../kernel/schema.js';
import { DEADLINES } from '../law/deadlines.js';

const shape = {
  deadlineId: computed(id()),
  /** D-number of model.md section 7. */
  rule: computed(oneOf(DEADLINES)),
  /** The entry that it counts from. */
  triggerEventId: computed(id()),
  /** The last day by the law's own count. */
  dueOn: computed(date()),
  /** The same, or the next virkedag. */
  dueOnRolled: computed(date()),
  on: computed(date()),
};

/** Each event cites the provision of its own deadline; what all of them have in common is none. */
const common = {
  schemaVersion: 1,
  aggregate: 'deadline',
  legalDate: 'on',
  law: [],
  journalRelevant: false,
} as const;

export const DeadlineSet = defineEvent({
  ...common,
  type: 'DeadlineSet',
  norwegian: 'Frist satt',
  summary:
    'A deadline runs from this entry; said again when a correction moves it or takes back what met it, and then nothing that was said of it before counts.',
  /** `on`: legal date of the entry that it counts from. */
  shape,
});

export const DeadlineExtended = defineEvent({
  ...common,
  type: 'DeadlineExtended',
  norwegian: 'Frist forlenget',
  summary: 'More time was granted: the same deadline with a later day and the rule that allows for it.',
  /** `on`: when it was granted. */
  shape,
});

export const DeadlineMet = defineEvent({
  ...common,
  type: 'DeadlineMet',
  norwegian: 'Frist holdt eller innfridd for sent',
  summary: 'What was due was done, in time or `daysLate` days after it.',
  /** `on`: when it was done. `daysLate`: absent when in time. */
  shape: { ...shape, daysLate: optional(computed(integer(1, 100_000))) },
});

export const DeadlineMissed = defineEvent({
  ...common,
  type: 'DeadlineMissed',
  norwegian: 'Frist brutt',
  summary: 'The deadline ran out before what was due was done.',
  /** `on`: the first day on which it was late, whenever that was found. `daysLate`: on that day. */
  shape: { ...shape, daysLate: computed(integer(1, 100_000)) },
});

export const DeadlineLapsed = defineEvent({
  ...common,
  type: 'DeadlineLapsed',
  norwegian: 'Frist bortfalt',
  summary:
    'Nothing is due any more: the entry that it counts from was retracted, or what it was about ended.',
  /** `on`: when that was found. */
  shape,
});

export const deadlineEvents = {
  DeadlineSet,
  DeadlineExtended,
  DeadlineMet,
  DeadlineMissed,
  DeadlineLapsed,
} as const;

export type DeadlineEventType = keyof typeof deadlineEvents;
export type DeadlineEventOf<T extends DeadlineEventType> = EventOf<(typeof deadlineEvents)[T]>;
export type DeadlineEvent = { [T in DeadlineEventType]: DeadlineEventOf<T> }[DeadlineEventType];
