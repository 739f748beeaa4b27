import { upcasting } from '#forlop/domain';
import type { JsonObject, Upcasting } from '#forlop/domain';
import type { SealedEvent, Sealer } from '#forlop/privacy';

/** Opens what a read model keeps sealed, all of an answer in one statement to the key store. */
export interface Opener {
  /**
   * The data of stored events in their order, each in the present version of its type: opened as the version that was
   * sealed, then brought up to date. Throws as `Sealer.openPayloads`, and `UnknownEventVersion`.
   */
  open(events: readonly SealedEvent[]): Promise<JsonObject[]>;
}

/** What is shown goes through here: a bare sealer would give the data of the day it was stored. */
export const openerOf = (
  sealer: Pick<Sealer, 'openPayloads'>,
  { current }: Pick<Upcasting, 'current'> = upcasting,
): Opener => ({
  open: async (events) => {
    const opened = await sealer.openPayloads(events);
    return events.map(({ type, schemaVersion }, index) => current(type, schemaVersion, opened[index] ?? {}));
  },
});
