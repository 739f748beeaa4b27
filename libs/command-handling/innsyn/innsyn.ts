import { proposeDocuments } from '#forlop/domain';
import type { Assessment, ProposedDocument, InnsynResult, LawReference } from '#forlop/domain';
import type { StreamDeps } from '../stream.js';
import { fileEntries } from './cases.js';
import { isOutdated } from './facts.js';
import { loadRequest, packageOf } from './request-file.js';
import type { InnsynPackage } from './request-file.js';

/** A document or an entry that may be assessed, and how it was last. */
export interface ProposalItem extends ProposedDocument {
  /** Must be assessed before the request is decided: a document of the journal that still counts. */
  readonly mustBeAssessed: boolean;
  readonly retracted: boolean;
  readonly assessment?: {
    readonly assessedOn: string;
    readonly result: InnsynResult;
    readonly exemption?: LawReference;
    /** Whether the party has been told. */
    readonly decided: boolean;
    /** Corrected since: it must be assessed anew before anything of it is shown. */
    readonly outdated?: true;
  };
}

/**
 * What is read of a request straight from the streams: true before any projection has seen it. The caller has judged that
 * it may be shown, and records it in the access log.
 */
export class Innsyn {
  constructor(private readonly deps: StreamDeps) {}

  /** Everything that the cases hold, in the order of the store. Throws `NotFound`. */
  async proposal(requestId: string): Promise<readonly ProposalItem[]> {
    const { state, cases } = await loadRequest(this.deps, requestId);
    const assessments = state.situation === 'none' ? {} : state.assessments;
    const entries = cases.flatMap(fileEntries);
    const corrections = new Map(entries.map((entry) => [entry.eventId, entry.corrections]));
    const retracted = new Set(entries.flatMap((entry) => (entry.retracted ? [entry.eventId] : [])));
    return proposeDocuments(entries).map((document) => {
      const assessment = assessments[document.documentId];
      const isRetracted = retracted.has(document.eventId);
      return {
        ...document,
        mustBeAssessed: document.kind === 'DOCUMENT' && !isRetracted,
        retracted: isRetracted,
        ...(assessment && {
          assessment: {
            ...shortly(assessment),
            ...(isOutdated(assessment, corrections.get(document.eventId)) && { outdated: true as const }),
          },
        }),
      };
    });
  }

  /** Throws `NotFound`, and `no-decision`. */
  package(requestId: string): Promise<InnsynPackage> {
    return packageOf(this.deps, requestId);
  }
}

const shortly = ({ assessedOn, result, exemption, decided }: Assessment) => ({
  assessedOn,
  result,
  ...(exemption === undefined ? {} : { exemption }),
  decided,
});
