/** The legal date of a fact against the clock: back-dating is a fact, the future is none yet. */
import { osloDate, type Instant, type LocalDate } from './dates.js';
import { RuleBroken, type FieldError } from './errors.js';

/**
 * Throws `date-in-future` with every date that lies after today, by the name of its field. An absent date is passed over.
 */
export function refuseFuture(today: LocalDate, dates: Readonly<Record<string, LocalDate | undefined>>): void {
  const feil: FieldError[] = Object.entries(dates)
    .filter(([, date]) => date !== undefined && date > today)
    .map(([field]) => ({
      felt: `/${field}`,
      regel: 'date-in-future',
      melding: 'Skriv en dato til og med i dag.',
    }));
  if (feil.length === 0) return;
  throw new RuleBroken({
    slug: 'date-in-future',
    detail: 'En dato ligger fram i tid. Bare det som har hendt, kan registreres.',
    losning: 'Skriv datoen da det hendte, senest i dag.',
    feil,
  });
}

/** The Oslo date of a legal date: an instant, or a plain date, which is its own. */
export const legalDateOf = (value: Instant): LocalDate => (value.length === 10 ? value : osloDate(value));
