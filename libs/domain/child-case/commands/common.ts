/** What the commands of a case share: who may give them (contract section 5, «Who may») and the ids of the examples. */
import type { Role } from '../../kernel/envelope.js';
import type { FieldError } from '../../kernel/errors.js';

export const CASEWORK: readonly Role[] = ['SAKSBEHANDLER', 'LEDER'];
export const CASEWORK_AND_FOLLOW_UP: readonly Role[] = [...CASEWORK, 'OPPFOLGING'];

/** Synthetic ids, the same in every example, so that the examples tell one story. */
export const EXAMPLE = {
  child: '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d01',
  mother: '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d02',
  father: '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d03',
  concern: 'a3b1c0de-0001-4000-8000-000000000001',
  referral: 'a3b1c0de-0001-4000-8000-000000000002',
  investigationPlan: 'a3b1c0de-0001-4000-8000-000000000003',
  measure: 'a3b1c0de-0001-4000-8000-000000000004',
  consent: 'a3b1c0de-0001-4000-8000-000000000005',
  decision: 'a3b1c0de-0001-4000-8000-000000000006',
  document: 'a3b1c0de-0001-4000-8000-000000000007',
  plan: 'a3b1c0de-0001-4000-8000-000000000008',
  goal: 'a3b1c0de-0001-4000-8000-000000000009',
  evaluation: 'a3b1c0de-0001-4000-8000-00000000000a',
} as const;

/** The error of a field that another field of the same body makes necessary. */
export const required = (felt: string, melding: string): FieldError => ({ felt, regel: 'required', melding });
