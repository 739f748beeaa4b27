/** An event that no program ever stored, in its third version, with the shapes that it had before. */
import { date, defineEvent, oneOf, record, text, upcastingOf } from '#forlop/domain';
import { noteWrittenV1 } from './note-written.v1.fixture.js';
import { noteWrittenV2 } from './note-written.v2.fixture.js';

const definition = {
  type: 'NoteWritten',
  norwegian: 'Notat skrevet',
  summary: 'Somebody wrote something down.',
  aggregate: 'childcase',
  legalDate: 'on',
  law: [],
  journalRelevant: true,
} as const;

export const versions = [
  defineEvent({
    ...definition,
    schemaVersion: 1,
    shape: { on: date(), note: text(), by: record({ name: text() }) },
  }),
  defineEvent({ ...definition, schemaVersion: 2, shape: { on: date(), text: text(), author: text() } }),
  defineEvent({
    ...definition,
    schemaVersion: 3,
    shape: { on: date(), text: text(), author: text(), kind: oneOf(['CASE', 'CALL']) },
  }),
] as const;

export const [, , NoteWritten] = versions;

/** Steps in the order in which they were not written: a chain is found by its versions. */
export const notes = upcastingOf({ NoteWritten }, [noteWrittenV2, noteWrittenV1]);
