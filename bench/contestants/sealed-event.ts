/** The event that ours and the peers append: a referral as the service writes it, its texts sealed. */
import { randomUUID } from 'node:crypto';
import type { EventToAppend } from '../../libs/event-store/index.js';
import { caseWork } from './case-work.js';

export interface SealedEvents {
  /** Seals a referral to a case, with a key that is at hand. */
  readonly referral: (streamId: string) => Promise<EventToAppend>;
}

export const newCaseStream = (): string => `childcase-${randomUUID()}`;

export async function sealedEvents(): Promise<SealedEvents> {
  const { seal, referral } = await caseWork();
  return { referral: (streamId) => seal(streamId, referral) };
}
