import { accessRequestStream, caseStream } from '#forlop/domain';
import { envelopeIn, ownerOf } from '#forlop/command-handling';
import type { Owner } from '#forlop/command-handling';
import type { EventStore, StoredEvent } from '#forlop/event-store';

/** Whose a request for access is, which cases it is about, and who asked, where that is a registered person. */
export interface RequestOwner {
  readonly owner: Owner;
  readonly caseIds: readonly string[];
  readonly requesterRef?: string;
}

/** Whose something is, from the first event of its stream: true before any projection has seen it. */
export class Owners {
  constructor(private readonly store: Pick<EventStore, 'readFirst'>) {}

  /** `undefined` for an id that nobody has. */
  async ofCase(caseId: string): Promise<Owner | undefined> {
    const first = await this.firstOf(caseStream(caseId));
    return first && ownerOf(envelopeIn(first));
  }

  /** Of each case that somebody has. */
  async ofCases(
    caseIds: readonly string[],
  ): Promise<readonly { readonly caseId: string; readonly owner: Owner }[]> {
    const firsts = await this.store.readFirst(caseIds.map(caseStream));
    return caseIds.flatMap((caseId) => {
      const first = firsts.get(caseStream(caseId));
      return first === undefined ? [] : [{ caseId, owner: ownerOf(envelopeIn(first)) }];
    });
  }

  /** `undefined` for an id that nobody has. */
  async ofRequest(requestId: string): Promise<RequestOwner | undefined> {
    const first = await this.firstOf(accessRequestStream(requestId));
    if (first === undefined) return undefined;
    const { data } = JSON.parse(first.payload) as { readonly data: Requested };
    const { personRef } = data.requester;
    return {
      owner: ownerOf(envelopeIn(first)),
      caseIds: data.caseIds,
      ...(personRef === undefined ? {} : { requesterRef: personRef }),
    };
  }

  private async firstOf(streamId: string): Promise<StoredEvent | undefined> {
    return (await this.store.readFirst([streamId])).get(streamId);
  }
}

/** Ids are stored in clear. */
interface Requested {
  readonly caseIds: readonly string[];
  readonly requester: { readonly personRef?: string };
}
