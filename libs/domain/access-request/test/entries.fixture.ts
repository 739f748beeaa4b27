/** Entries of a synthetic case with something to tell apart: each text stands once, so that a test can look for it. */
import type { JsonObject } from '../../kernel/personal.js';
import type { PackageEntry } from '../package.js';
import { IDS } from './request.fixture.js';

export const entryId = (number: number): string =>
  `e0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const entry = (number: number, type: string, data: JsonObject): PackageEntry => ({
  caseId: IDS.case,
  eventId: entryId(number),
  position: `pg:${String(number).padStart(20, '0')}`,
  hash: String(number % 10).repeat(64),
  type,
  data,
});

export const journaled = (number: number, data: JsonObject = {}): PackageEntry =>
  entry(number, 'DocumentJournaled', {
    documentId: IDS.document,
    journaledOn: '2026-02-27',
    noark: { systemID: '2026/00042-7', type: 'U', parties: [{ role: 'Mottaker av brevet' }] },
    documentClass: 'VEDTAK',
    sha256: 'cd'.repeat(32),
    internal: false,
    ...data,
  });

/** A referral, what the child said, findings, a document. */
export const entries = (): readonly PackageEntry[] => [
  entry(1, 'ReferralReceived', {
    childRef: IDS.child,
    receivedAt: '2026-01-05T23:30:00Z',
    description: 'Naboen hører roping',
    reporters: [{ code: '24', specification: 'Nabo i første etasje' }],
  }),
  entry(2, 'ChildParticipationRecorded', { heldOn: '2026-02-20', opinion: 'Barnet vil ha ro' }),
  entry(3, 'FindingsSummarised', { summarisedOn: '2026-02-20', findings: 'Morgenene svikter' }),
  journaled(4),
];
