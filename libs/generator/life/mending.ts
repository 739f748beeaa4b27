/** What was written down wrong is put right, or taken back (rule 53). */
import {
  type CaseEntry,
  type CaseFact,
  caseStateIn,
  correctCase,
  type CorrectionCommand,
  type JsonObject,
} from '#forlop/domain';
import { eventIdOf } from '#forlop/command-handling';
import { eveningOf } from '../calendar.js';
import type { Phrase } from '../phrases.js';
import type { Act, CaseLife } from './case-life.js';

/** Texts that are corrected: the field of an event, and what may stand there. */
const CORRECTABLE: Readonly<Record<string, readonly [field: string, phrase: Phrase]>> = {
  ReferralReceived: ['description', 'concern'],
  FindingsSummarised: ['findings', 'findings'],
  FollowUpStatusRecorded: ['whatWorked', 'worked'],
  ChildParticipationRecorded: ['opinion', 'opinion'],
};
/** Nothing of the case rests on one. */
const RETRACTABLE = 'FollowUpStatusRecorded';

/** One of the entries by now is corrected or retracted today. */
export const mend: Act = (life) => {
  const { random } = life;
  const entries = entriesOf(life);
  const retracts = random.chance(0.2);
  const target = random.pick(entries.filter((entry) => isMendable(entry, retracts)));
  // A case that is nothing but a referral without a text has nothing to mend.
  if (target === undefined) return;
  const { eventId: targetEventId, event } = target;
  const [field, phrase] = CORRECTABLE[event.type] ?? ['', 'corrected'];
  const on = life.today;
  const by = random.chance(0.5) ? life.colleague('ARKIVAR') : life.caseworker;
  const asked = retracts
    ? { type: 'RetractEntry', data: { targetEventId, reason: life.text('retracted'), on } }
    : {
        type: 'CorrectEntry',
        data: {
          targetEventId,
          reason: life.text('corrected'),
          newValues: { [field]: life.text(phrase, 2) },
          on,
        },
      };
  const command = { ...asked, context: life.context(by) } as CorrectionCommand;
  const events = life.decided(command.type, () => correctCase(command, entries));
  life.record(command.type, command.data, events, by, random.uuid());
  life.state = caseStateIn(entriesOf(life));
};

function isMendable({ event: { type, data } }: CaseEntry, retracts: boolean): boolean {
  if (retracts) return type === RETRACTABLE;
  const [field] = CORRECTABLE[type] ?? [];
  return field !== undefined && (data as unknown as JsonObject)[field] !== undefined;
}

/** The case's events as they will be found in its stream. */
export function entriesOf({
  commands,
  streamId,
  place: { municipality, district },
}: CaseLife): readonly CaseEntry[] {
  return commands.flatMap(({ key: idempotencyKey, by, on, events }) =>
    events.map((event, index) => ({
      eventId: eventIdOf({ municipality, idempotencyKey }, streamId, index),
      event: event as CaseFact,
      recordedAt: eveningOf(on),
      by,
      municipality,
      ...(district === undefined ? {} : { district }),
    })),
  );
}
