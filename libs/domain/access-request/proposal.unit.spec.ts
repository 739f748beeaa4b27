import { describe, expect, it } from '@jest/globals';
import { proposeDocuments } from './proposal.js';
import { entries, entry, entryId, journaled } from './test/entries.fixture.js';
import { IDS } from './test/request.fixture.js';

describe('the proposal of the document list', () => {
  it('holds every entry of the case in order, documents by their own id', () => {
    const proposal = proposeDocuments([...entries()].reverse());
    expect(proposal.map(({ documentId, kind, norwegian }) => [documentId, kind, norwegian])).toEqual([
      [entryId(1), 'ENTRY', 'Bekymringsmelding eller søknad mottatt'],
      [entryId(2), 'ENTRY', 'Barnets medvirkning'],
      [entryId(3), 'ENTRY', 'Beslutningsgrunnlag'],
      [IDS.document, 'DOCUMENT', 'Dokument journalført'],
    ]);
    expect(proposal[3]).toEqual({
      documentId: IDS.document,
      caseId: IDS.case,
      eventId: entryId(4),
      position: 'pg:00000000000000000004',
      kind: 'DOCUMENT',
      type: 'DocumentJournaled',
      norwegian: 'Dokument journalført',
      documentClass: 'VEDTAK',
      legalDate: '2026-02-27',
      internal: false,
      confidential: true,
    });
  });

  it('gives each its legal date in Oslo', () => {
    expect(proposeDocuments(entries()).map(({ legalDate }) => legalDate)).toEqual([
      '2026-01-06',
      '2026-02-20',
      '2026-02-20',
      '2026-02-27',
    ]);
  });

  it('marks what is internal: by its mark, or as a note in the archive', () => {
    const internal = (data = {}) => proposeDocuments([journaled(1, data)])[0]?.internal;
    expect(internal()).toBe(false);
    expect(internal({ internal: true })).toBe(true);
    for (const type of ['N', 'X']) expect(internal({ noark: { type } })).toBe(true);
    expect(internal({ noark: { type: 'I' } })).toBe(false);
  });

  it('knows what the child knew before: its own words, and what it was shown', () => {
    const [referral] = entries();
    const confidential = (exposedTo: readonly string[]) =>
      proposeDocuments([...(referral ? [referral] : []), journaled(4, { exposedTo })])[1]?.confidential;
    expect(confidential([IDS.child])).toBe(false);
    expect(confidential([IDS.mother])).toBe(true);
    expect(proposeDocuments(entries()).map((document) => document.confidential)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('holds the corrections of entries too', () => {
    const correction = entry(5, 'EntryCorrected', { targetEventId: entryId(3), on: '2026-03-02' });
    expect(proposeDocuments([...entries(), correction])[4]).toMatchObject({
      documentId: entryId(5),
      kind: 'ENTRY',
      legalDate: '2026-03-02',
      confidential: true,
    });
  });

  it('does not pass over what it does not know', () => {
    expect(() => proposeDocuments([entry(1, 'Unheard', {})])).toThrow(TypeError);
  });
});
