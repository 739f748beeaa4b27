/**
 * What is delivered: a manifest of every entry with its position and hash, the texts that the party may see, and for the rest
 * the ground on which it is withheld. A function of its input alone, so the same request at the same position is the same
 * package, byte for byte.
 */
import type { JsonObject } from '../kernel/personal.js';
import type { LawReference } from '../kernel/law-reference.js';
import { sorted } from './canonical-json.js';
import {
  inOrder,
  isObject,
  proposeDocuments,
  textOf,
  type KnownEntry,
  type ProposedDocument,
} from './proposal.js';
import { citation, isForRepresentative } from './provisions.js';
import { fieldsOf, redacted } from './redaction.js';
import { isAsAssessed, type Assessment, type OpenRequest } from './state.js';

/** An entry as the store holds it. */
export interface PackageEntry extends KnownEntry {
  /** The position as it is told, where that is another: of an event that came from another store. */
  readonly place?: string;
  /** SHA-256 of the stored event: what the archive can prove the entry by. */
  readonly hash: string;
  /** The corrections that it stands with, oldest first. */
  readonly corrections?: readonly string[];
  /** It no longer counts, and stays in the file. */
  readonly retracted?: boolean;
}

export interface PackageInput {
  readonly request: OpenRequest;
  /** Of the cases of the request, up to `asOf`, in any order. */
  readonly entries: readonly PackageEntry[];
  readonly asOf: { readonly storeId: string; readonly position: string };
  /** The party is a child under 15, who sees nothing confidential whatever was assessed (rule 57). */
  readonly under15: boolean;
}

/** The version of the manifest’s form. */
export const PACKAGE_FORMAT = 'forlop.innsyn/1';

const UNDER_15: LawReference = { law: 'FVL1967', section: '18', paragraph: 1 };

/** The manifest, its keys in order; `canonicalJson` of it is what is hashed and delivered. Delivery itself is no part of it. */
export function innsynPackage({ request, entries, asOf, under15 }: PackageInput): JsonObject {
  const proposal = new Map(proposeDocuments(entries).map((document) => [document.eventId, document]));
  const items = inOrder(entries).flatMap((entry) => {
    const document = proposal.get(entry.eventId);
    return document === undefined ? [] : [{ entry, document }];
  });
  const manifest = {
    format: PACKAGE_FORMAT,
    requestId: request.requestId,
    caseIds: [...request.caseIds].sort(),
    basis: request.basis,
    receivedOn: request.receivedOn,
    asOf: { ...asOf },
    ...decisionOf(request),
    entries: items.map(({ entry, document }, index) =>
      itemOf(index + 1, entry, document, viewOf(request, entry, document, under15)),
    ),
  };
  const result = sorted(manifest);
  return isObject(result) ? result : {};
}

function decisionOf({ decisions }: OpenRequest): JsonObject {
  const last = decisions.at(-1);
  if (last === undefined) return {};
  const { decidedOn, outcome, refusalBasis, complaintDueOn } = last;
  return {
    decision: {
      decidedOn,
      outcome,
      refusalBasis: refusalBasis.map(groundJson),
      ...(complaintDueOn === undefined ? {} : { complaintDueOn }),
    },
  };
}

const groundJson = (ground: LawReference): JsonObject => ({
  law: ground.law,
  section: ground.section,
  paragraph: ground.paragraph ?? null,
  letter: ground.letter ?? null,
  text: citation(ground),
});

/** What the party sees of an entry: `content`, `withheld` or both; neither before it is decided on. */
interface View {
  readonly result: 'FULL' | 'DELVIS' | 'NEKTET' | 'IKKE_AVGJORT';
  readonly content?: JsonObject;
  readonly withheld?: JsonObject;
}

function viewOf(
  { assessments }: OpenRequest,
  { data, corrections }: PackageEntry,
  { documentId, confidential }: ProposedDocument,
  under15: boolean,
): View {
  const assessment = assessments[documentId];
  if (assessment === undefined || !assessment.decided) return { result: 'IKKE_AVGJORT' };
  if (assessment.result === 'NEKTET') return { result: 'NEKTET', withheld: withheldOf(assessment) };
  if (!isAsAssessed(assessment, corrections)) return { result: 'IKKE_AVGJORT' };
  if (assessment.result === 'FULL') {
    return under15 && confidential
      ? { result: 'NEKTET', withheld: withheldOn(UNDER_15) }
      : { result: 'FULL', content: data };
  }
  const withheld = withheldOf(assessment);
  const content = redacted(data, assessment.redactions);
  return { result: 'DELVIS', withheld, ...(content === undefined ? {} : { content }) };
}

const withheldOf = ({ exemption, redactions, result, investigationId }: Assessment): JsonObject => ({
  ...(exemption === undefined ? {} : withheldOn(exemption)),
  ...(result === 'DELVIS' ? { fields: fieldsOf(redactions) } : {}),
  untilInvestigationEnds: investigationId !== undefined,
});

const withheldOn = (ground: LawReference): JsonObject => ({
  ground: groundJson(ground),
  untilInvestigationEnds: false,
  representative: isForRepresentative(ground),
});

function itemOf(number: number, entry: PackageEntry, document: ProposedDocument, view: View): JsonObject {
  const { caseId, eventId, position, place = position, hash, data } = entry;
  const cited = document.kind === 'DOCUMENT' && (view.result === 'FULL' || view.result === 'DELVIS');
  return {
    number,
    caseId,
    eventId,
    position: place,
    hash,
    type: document.type,
    name: document.norwegian,
    legalDate: document.legalDate,
    documentId: document.documentId,
    kind: document.kind,
    ...(entry.retracted === true ? { retracted: true } : {}),
    ...view,
    ...(cited ? { archive: archiveOf(data) } : {}),
  };
}

/** The document’s bytes stay in the municipality’s archive: its reference there, and the hash that proves a copy. */
function archiveOf({ noark, sha256 }: JsonObject): JsonObject {
  const reference = textOf(isObject(noark) ? noark['systemID'] : undefined);
  return { ...(reference === undefined ? {} : { reference }), sha256: textOf(sha256) ?? null };
}
