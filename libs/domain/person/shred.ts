/** When the key of a person may be destroyed. */
import { addYears, type LocalDate } from '../kernel/dates.js';
import type { Command } from '../kernel/decider.js';
import { RuleBroken } from '../kernel/errors.js';
import { provision } from '../kernel/law-reference.js';
import { refuseFuture } from '../kernel/legal-date.js';
import type { ShredSubject } from './commands.js';
import type { PersonEvent } from './events.js';
import type { PersonState } from './state.js';

/** A dismissed matter is kept for ten years after its last entry. */
const YEARS_KEPT = 10;

/** Case files are archive-bound: they are destroyed only where arkivlova 2025 §§12–13 allows for kassasjon. */
export function shredSubject(
  { data, context }: Command<typeof ShredSubject>,
  state: PersonState,
): readonly PersonEvent[] {
  if (state.phase === 'shredded') return [];
  if (state.phase === 'unknown') throw new RuleBroken({ slug: 'not-found', detail: 'Personen finnes ikke.' });
  const { cases, ...shredded } = data;
  refuseFuture(context.today, { shreddedOn: data.shreddedOn });
  if (cases.some(({ open }) => open)) refuse('Personen har en sak som er åpen.');
  if (cases.some(({ holdsMeasureDecision }) => holdsMeasureDecision)) {
    refuse('Personen har en sak med vedtak om tiltak, og den er arkivpliktig.');
  }
  if (data.ground === 'HENLAGT_10_AR') {
    refuseBefore(
      tenYearsAfter([state.lastEntryOn, ...cases.map(({ lastEntryOn }) => lastEntryOn)]),
      data.shreddedOn,
    );
  }
  return [{ type: 'SubjectShredded', data: shredded }];
}

const tenYearsAfter = (entries: readonly LocalDate[]): LocalDate =>
  addYears(
    entries.reduce((latest, on) => (on > latest ? on : latest)),
    YEARS_KEPT,
  );

function refuseBefore(earliest: LocalDate, shreddedOn: LocalDate): void {
  if (shreddedOn < earliest)
    refuse(`Det er ikke gått ti år siden siste innføring. Tidligst mulig er ${earliest}.`);
}

function refuse(detail: string): never {
  throw new RuleBroken({
    slug: 'retention-required',
    law: [provision('ARKL2025', '12'), provision('ARKL2025', '13')],
    detail,
    losning: 'Behold opplysningene: kassasjon er bare lovlig etter Nasjonalarkivets regler.',
  });
}
