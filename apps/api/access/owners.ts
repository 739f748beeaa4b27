import { caseStream } from '#forlop/domain';
import { envelopeIn, ownerOf } from '#forlop/command-handling';
import type { Owner } from '#forlop/command-handling';
import type { EventStore } from '#forlop/event-store';

/** Whose a case is, from the first event of its stream: true before any projection has seen it. */
export class Owners {
  constructor(private readonly store: Pick<EventStore, 'readFirst'>) {}

  /** `undefined` for an id that nobody has. */
  async ofCase(caseId: string): Promise<Owner | undefined> {
    const streamId = caseStream(caseId);
    const first = (await this.store.readFirst([streamId])).get(streamId);
    return first && ownerOf(envelopeIn(first));
  }
}
