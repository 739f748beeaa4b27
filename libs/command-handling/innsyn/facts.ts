/** What the decider of a request for access is told of the cases: computed from their streams, never sent by a client. */
import {
  ageOn,
  isAsAssessed,
  isLocalDate,
  knownOfRequester,
  person,
  personStream,
  proposeDocuments,
} from '#forlop/domain';
import type { AccessRequestCommandOf, Assessment, KnownInCase, LocalDate, OpenRequest } from '#forlop/domain';
import type { Position } from '#forlop/event-store';
import { registeredIn } from '../register.js';
import { load } from '../stream.js';
import type { StreamDeps } from '../stream.js';
import { fileEntries } from './cases.js';
import type { CaseFile } from './cases.js';

export type DocumentFacts = NonNullable<AccessRequestCommandOf<'AssessInnsynDocument'>['data']['document']>;

/** What each case knows of the requester on a day. */
export const knownIn = (
  cases: readonly CaseFile[],
  personRef: string | undefined,
  on: LocalDate,
): readonly KnownInCase[] =>
  cases.flatMap(({ caseId, state }) =>
    state.situation === 'none' ? [] : [knownOfRequester(caseId, state, personRef, on)],
  );

/** What the proposal says of a document on a day; `undefined` when none of the cases holds it. */
export function documentFacts(
  cases: readonly CaseFile[],
  documentId: string,
  on: LocalDate,
): DocumentFacts | undefined {
  const entries = cases.flatMap(fileEntries);
  const found = proposeDocuments(entries).find((each) => each.documentId === documentId);
  if (found === undefined) return undefined;
  const { caseId, confidential, eventId } = found;
  const file = cases.find((each) => each.caseId === caseId);
  const openInvestigationId = file && investigationOpen(file, on);
  const corrections = entries.find((entry) => entry.eventId === eventId)?.corrections ?? [];
  return {
    caseId,
    confidential,
    corrections,
    ...(openInvestigationId === undefined ? {} : { openInvestigationId }),
  };
}

/** The investigation that goes on in a case on a day; the day of its conclusion is no longer one. */
function investigationOpen({ state }: CaseFile, on: LocalDate): string | undefined {
  if (state.situation === 'none') return undefined;
  const open = Object.entries(state.investigations).find(
    ([, investigation]) =>
      investigation.startedOn <= on && (investigation.situation === 'open' || investigation.concludedOn > on),
  );
  return open?.[0];
}

/** Documents that must each have been assessed; an entry may be, and is not shown before it is. */
export const documentsToAssess = (cases: readonly CaseFile[]): readonly string[] =>
  proposeDocuments(cases.flatMap(fileEntries).filter(({ retracted }) => !retracted))
    .filter(({ kind }) => kind === 'DOCUMENT')
    .map(({ documentId }) => documentId);

/** Documents that were corrected since they were assessed, and of which something would be shown. */
export function outdatedIn(cases: readonly CaseFile[], { assessments }: OpenRequest): readonly string[] {
  const entries = cases.flatMap(fileEntries);
  const corrections = new Map(entries.map((entry) => [entry.eventId, entry.corrections]));
  return proposeDocuments(entries).flatMap(({ documentId, eventId }) => {
    const assessment = assessments[documentId];
    return assessment !== undefined && isOutdated(assessment, corrections.get(eventId)) ? [documentId] : [];
  });
}

/** What is refused altogether is not shown however it was corrected. */
export const isOutdated = (assessment: Assessment, corrections: readonly string[] | undefined): boolean =>
  assessment.result !== 'NEKTET' && !isAsAssessed(assessment, corrections);

/** When something about a requester is asked for: the day, and the position after which nothing counts. */
export interface AskedAt {
  readonly on: LocalDate;
  readonly until?: Position;
}

/** Of the requester on a day, as the case of a child or the register knows it. */
export async function requesterAge(
  deps: StreamDeps,
  cases: readonly CaseFile[],
  { requester: { personRef } }: Pick<OpenRequest, 'requester'>,
  { on, until }: AskedAt,
): Promise<number | undefined> {
  if (personRef === undefined) return undefined;
  const own = knownIn(cases, personRef, on).find(({ isChild }) => isChild);
  if (own !== undefined) return own.childAge;
  const registered = await load(deps, person, personStream(personRef), undefined, until);
  const birth = registeredIn(registered, personRef)?.birthDate;
  return birth !== undefined && isLocalDate(birth) ? ageOn(birth, on) : undefined;
}

const CONFIDENTIAL_UNTIL = 15;

/** Rule 57: a child whose age is not known is taken to be under 15. */
export async function isUnder15(
  deps: StreamDeps,
  cases: readonly CaseFile[],
  request: OpenRequest,
  asked: AskedAt,
): Promise<boolean> {
  const age = await requesterAge(deps, cases, request, asked);
  return age === undefined ? request.requester.relation === 'BARN' : age < CONFIDENTIAL_UNTIL;
}
