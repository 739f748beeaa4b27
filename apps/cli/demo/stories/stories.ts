import type { LocalDate } from '#forlop/domain';
import type { Story } from '../step.js';
import { accessToTheFile } from './access.js';
import { correctedEntry } from './corrected.js';
import { dismissedReferral } from './dismissed.js';
import { refusedDecision } from './refused.js';
import { supervisedCase } from './supervised.js';
import { wholeCase } from './whole-case/whole-case.js';
import { withdrawnConsent } from './withdrawn.js';
import { yearsReport } from './years-report.js';

/** In the order in which they are told. */
export const STORIES: readonly ((today: LocalDate) => Story)[] = [
  wholeCase,
  dismissedReferral,
  refusedDecision,
  withdrawnConsent,
  accessToTheFile,
  correctedEntry,
  supervisedCase,
  yearsReport,
];
