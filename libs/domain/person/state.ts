/** What is known of a person. */
import type { LocalDate } from '../kernel/dates.js';
import type { Infer } from '../kernel/schema.js';
import type { personFields } from './events.js';

/** What is registered about the person, as last corrected. */
export type PersonData = Infer<typeof personFields>;

export type PersonState =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'registered'; readonly person: PersonData; readonly lastEntryOn: LocalDate }
  | { readonly phase: 'shredded' };
