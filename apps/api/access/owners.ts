import type { DataSource } from 'typeorm';
import { accessRequestStream, caseStream } from '#forlop/domain';
import { clearDataIn, envelopeIn, ownerOf, soon } from '#forlop/command-handling';
import type { Owner } from '#forlop/command-handling';
import { StoreUnavailable } from '#forlop/event-store';
import type { EventStore, StoredEvent } from '#forlop/event-store';
import { caseOwner } from '#forlop/read-models';
import { scopeOf } from './read-side.js';

/** Whose a request for access is, which cases it is about, and who asked, where that is a registered person. */
export interface RequestOwner {
  readonly owner: Owner;
  readonly caseIds: readonly string[];
  readonly requesterRef?: string;
}

/** Whose something is, from the first event of its stream: true before any projection has seen it. */
export class Owners {
  constructor(
    private readonly store: Pick<EventStore, 'readFirst'>,
    private readonly source: DataSource,
  ) {}

  /**
   * `undefined` for an id that nobody has.
   * @param reader who then reads in a read model what the store, while it is away, cannot tell: whether the case is in its own
   *   municipality or district. Of any other case nothing is known then, and it is `StoreUnavailable`
   */
  async ofCase(caseId: string, reader?: Partial<Owner>): Promise<Owner | undefined> {
    try {
      const answer = this.firstOf(caseStream(caseId));
      const first = await (reader === undefined ? answer : soon('readFirst', answer));
      return first && ownerOf(envelopeIn(first));
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      const known = await this.inReadModels(caseId, reader);
      if (known === undefined) throw error;
      return known;
    }
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
    const data = clearDataIn(first) as unknown as Requested;
    const { personRef } = data.requester;
    return {
      owner: ownerOf(envelopeIn(first)),
      caseIds: data.caseIds,
      ...(personRef === undefined ? {} : { requesterRef: personRef }),
    };
  }

  /** The first event says whose a case is for good, so a row however old says it too. */
  private async inReadModels(
    caseId: string,
    { municipality, district }: Partial<Owner> = {},
  ): Promise<Owner | undefined> {
    if (municipality === undefined || !UUID.test(caseId)) return undefined;
    const scope = scopeOf({ municipality, ...(district ? { district } : {}) });
    return caseOwner(this.source, scope, caseId);
  }

  private async firstOf(streamId: string): Promise<StoredEvent | undefined> {
    return (await this.store.readFirst([streamId])).get(streamId);
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids are stored in clear. */
interface Requested {
  readonly caseIds: readonly string[];
  readonly requester: { readonly personRef?: string };
}
