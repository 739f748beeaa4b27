import { column, defineTable } from '#forlop/projections';

export const caseOverviewTable = defineTable({
  name: 'read.case_overview_v1',
  columns: {
    case_id: column('uuid'),
    person_id: column('uuid'),
    settled: column('text'),
    position: column('text'),
    revision: column('integer'),
    changed_at: column('timestamptz'),
    municipality: column('text'),
    district: column('text'),
  },
  key: ['case_id'],
});

export const caseItemTable = defineTable({
  name: 'read.case_item_v1',
  columns: {
    case_id: column('uuid'),
    kind: column('text'),
    item_key: column('text'),
    position: column('text'),
    document: column('jsonb', 'merge'),
    sources: column('jsonb', 'merge'),
    municipality: column('text'),
    district: column('text'),
  },
  key: ['case_id', 'kind', 'item_key'],
});
