import type { Client, Json } from './client.js';
import { day } from './story.js';
import type { OpenCase } from './story.js';

export const SHA = 'cd'.repeat(32);

/** A letter in the journal of a case. */
export const letter = (given: Json = {}): Json => ({
  documentId: '5a3f0c1e-00d0-4000-8000-000000000001',
  journaledOn: day(-1),
  noark: {
    systemID: '2026/00042-1',
    type: 'U',
    parties: [{ name: { first: 'Mona', last: 'Prøvesen' }, role: 'Mottaker' }],
  },
  documentClass: 'BREV',
  sha256: SHA,
  internal: false,
  ...given,
});

export const requestBy = ({ mother, caseId }: OpenCase, given: Json = {}): Json => ({
  caseIds: [caseId],
  requester: { personRef: mother, name: { first: 'Mona', last: 'Prøvesen' }, relation: 'FORELDER' },
  basis: 'FORELDREANSVAR_UTEN_PARTSTATUS',
  scope: 'Alt om skolen',
  receivedAt: `${day(0)}T00:00:01+01:00`,
  identityProof: 'Legitimert med pass ved oppmøte',
  ...given,
});

export const OTHERS_HEALTH = { law: 'FVL1967', section: '19', paragraph: 2, letter: 'b' };
export const INVESTIGATION = { law: 'BVL2021', section: '12-6', paragraph: 3 };

/** Everything of a request up to its decision: each of the documents as it says, `FULL` or on which ground not. */
export async function decideRequest(
  archivist: Client,
  requestId: string,
  assessments: Readonly<Record<string, Json>>,
): Promise<Json> {
  for (const [documentId, assessment] of Object.entries(assessments)) {
    await archivist.accepted(`/access-requests/${requestId}/document-assessments`, {
      documentId,
      assessedOn: day(0),
      ...assessment,
    });
  }
  const results = Object.values(assessments).map(({ result }) => result);
  const grounds = Object.values(assessments).flatMap(({ exemption }) => (exemption ? [exemption] : []));
  const all = (result: string) => results.every((each) => each === result);
  const outcome = all('FULL') ? 'FULL' : all('NEKTET') ? 'NEKTET' : 'DELVIS';
  return archivist.accepted(`/access-requests/${requestId}/decision`, {
    decidedOn: day(0),
    outcome,
    ...(outcome === 'FULL' ? {} : { refusalBasis: grounds }),
  });
}
