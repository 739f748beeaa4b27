/** ChildCase (barnevernssak): one per child per municipality, from the first referral to the end of the measures. */
import type { Decider } from '../kernel/decider.js';
import type { CaseCommand } from './commands.js';
import { decide } from './decide.js';
import type { CaseEvent } from './events.js';
import { evolve } from './evolve.js';
import { noCase, type CaseState } from './state.js';

export const childCase: Decider<CaseState, CaseCommand, CaseEvent> = { initialState: noCase, evolve, decide };
