/** Enter a document in the journal. */
import { defineCommand } from '../../kernel/definition.js';
import { journaledDocument } from '../events/journal.js';
import { CASEWORK, EXAMPLE } from './common.js';

export const JournalDocument = defineCommand({
  type: 'JournalDocument',
  norwegian: 'Journalføre dokument',
  emits: ['DocumentJournaled'],
  path: [],
  shape: journaledDocument,
  roles: [...CASEWORK, 'ARKIVAR'],
  rules: ['52'],
  example: {
    documentId: EXAMPLE.document,
    journaledOn: '2026-02-27',
    noark: {
      systemID: '2026/00042-7',
      type: 'U',
      date: '2026-02-27',
      parties: [
        { personRef: EXAMPLE.mother, name: { first: 'Testine', last: 'Eksempel' }, role: 'Mottaker' },
      ],
    },
    documentClass: 'VEDTAK',
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    internal: false,
    exposedTo: [EXAMPLE.mother],
  },
});
