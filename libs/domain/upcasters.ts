/** The steps from earlier versions of our events to the present ones. */
import { allEvents } from './event-catalogue.js';
import { upcastingOf } from './kernel/upcasting.js';
import type { Upcaster, Upcasting } from './kernel/upcasting.js';

/**
 * One file each, in the aggregate's folder `upcasters/`, named by type and version: `referral-received.v1.ts` reads version 1.
 * None yet: every event is in its first version.
 */
const upcasters: readonly Upcaster[] = [];

/** How stored events are read: by command handling when it opens them, by the read models before they project or show. */
export const upcasting: Upcasting = upcastingOf(allEvents, upcasters);
