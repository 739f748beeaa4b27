// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** The journal of the child (bvl §12-4). */
import { defineEvent } from '../../kernel/definition.js';
import { provision } from '../../kernel/law-reference.js';
import { boolean, date, list, newId, oneOf, optional, personRef, record, text } from '../../kernel/schema.js';
import { name, sha256 } from '../../kernel/shapes.js';

export const journaledDocument = {
  documentId: newId(),
  journaledOn: date(),
  /** Registration in the Noark 5 core. */
  noark: optional(
    record({
      systemID: optional(text()),
      type: optional(oneOf(['I', 'U', 'N', 'X', 'S'])),
      date: optional(date()),
      parties: optional(
        list(record({ personRef: optional(personRef()), name: optional(name()), role: optional(text()) })),
      ),
    }),
  ),
  documentClass: text(),
  /** Of the document’s bytes, so that it can be proved later. */
  sha256: sha256(),
  /** Organinternt dokument (fvl §§18 a–18 d). */
  internal: boolean(),
  exposedTo: optional(list(personRef())),
};

export const DocumentJournaled = defineEvent({
  type: 'DocumentJournaled',
  schemaVersion: 1,
  norwegian: 'Dokument journalført',
  summary: 'A document was entered in the child’s journal, with the hash of its bytes.',
  aggregate: 'childcase',
  legalDate: 'journaledOn',
  law: [provision('BVL2021', '12-4', 1)],
  shape: journaledDocument,
  journalRelevant: true,
});
