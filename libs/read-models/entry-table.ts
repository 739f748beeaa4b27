import type { Column } from '#forlop/projections';
import { column } from '#forlop/projections';

/** The columns of `entryOf`. */
export const entryColumns = {
  position: column('text'),
  revision: column('integer'),
  event_id: column('uuid'),
  type: column('text'),
  schema_version: column('integer'),
  occurred_at: column('timestamptz'),
  occurred_at_given: column('text'),
  recorded_at: column('timestamptz'),
  actor: column('jsonb'),
  legal_basis: column('jsonb'),
  ruleset_version: column('text'),
  flags: column('jsonb'),
  back_dated: column('boolean'),
  municipality: column('text'),
  district: column('text'),
} as const satisfies Record<string, Column>;
