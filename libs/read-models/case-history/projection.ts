import { column, defineTable, upsert } from '#forlop/projections';
import { defineReadModel } from '../current.js';
import { entryColumns } from '../entry-table.js';
import { CASE_STREAM, entryOf, envelopeOf, idIn } from '../entry.js';

const caseHistoryTable = defineTable({
  name: 'read.case_history_v1',
  columns: {
    ...entryColumns,
    case_id: column('uuid'),
    journal_relevant: column('boolean'),
    payload: column('text'),
  },
  key: ['case_id', 'position'],
});

/** The chronology of a case (saksforløp): each event of its stream, in order, with its texts still sealed. */
export const caseHistory = defineReadModel({
  name: 'case-history',
  version: 1,
  tables: [caseHistoryTable],
  streams: [CASE_STREAM],
  project: (event) => {
    const caseId = idIn(CASE_STREAM, event.streamId);
    if (caseId === undefined) return [];
    return [
      upsert(caseHistoryTable, {
        ...entryOf(event),
        case_id: caseId,
        journal_relevant: envelopeOf(event).journalRelevant,
        payload: event.payload,
      }),
    ];
  },
});
