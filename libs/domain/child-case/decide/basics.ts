/** What every command is judged by, under whatever law: the case exists, dates are possible, ids are free. */
import type { CommandContext } from '../../kernel/decider.js';
import { RuleBroken, type FieldError } from '../../kernel/errors.js';
import type { LocalDate } from '../../kernel/dates.js';
import { refuseFuture } from '../../kernel/legal-date.js';
import { ruleBroken } from '../../law/rules.js';
import type { CaseState, IdKind, OpenCase } from '../state.js';

/** Throws `not-found` for a case that no referral has opened. */
export function openCase(state: CaseState): OpenCase {
  if (state.situation === 'none') throw notFound('Saken finnes ikke.');
  return state;
}

/** For an id of the path that the case does not hold. */
export const notFound = (detail: string): RuleBroken =>
  new RuleBroken({ slug: 'not-found', detail, losning: 'Kontroller id-en i adressen.' });

/** What the case holds under an id of the path; throws `not-found`. */
export function found<T>(item: T | undefined, detail: string): T {
  if (item === undefined) throw notFound(detail);
  return item;
}

/** Throws `date-in-future`. */
export const assertNotFuture = ({ today }: CommandContext, on: LocalDate, field: string): void =>
  refuseFuture(today, { [field.replace(/^\//, '')]: on });

/** The legal date of a fact is neither in the future nor before the case began (model.md decision 3). */
export function assertLegalDate(
  context: CommandContext,
  state: OpenCase,
  on: LocalDate,
  field: string,
): void {
  assertNotFuture(context, on, field);
  if (on >= state.startedOn) return;
  throw new RuleBroken({
    slug: 'date-before-case',
    detail: `Datoen ${on} i ${field} er før saken begynte ${state.startedOn}.`,
    losning: `Skriv en dato fra og med ${state.startedOn}, dagen den første meldingen ble mottatt.`,
    feil: [fieldError(field, 'date-before-case', 'Skriv en dato etter at saken begynte.')],
  });
}

/** `later` does not lie before `earlier`; throws `date-out-of-order`. */
export function assertOrder(earlier: LocalDate, later: LocalDate, field: string, than: string): void {
  if (earlier <= later) return;
  throw new RuleBroken({
    slug: 'date-out-of-order',
    detail: `Datoen ${later} i ${field} er før ${than} ${earlier}.`,
    losning: `Skriv en dato fra og med ${earlier}.`,
    feil: [fieldError(field, 'date-out-of-order', `Skriv en dato som ikke er før ${than}.`)],
  });
}

/** New ids are free, and each names one thing; throws `id-in-use`. */
export function assertNewIds(state: CaseState, ...ids: readonly string[]): void {
  const taken: Readonly<Record<string, IdKind>> = state.situation === 'open' ? state.ids : {};
  const twice = ids.some((id, index) => ids.indexOf(id) < index);
  if (twice || ids.some((id) => taken[id] !== undefined)) throw idInUse();
}

export const idInUse = (): RuleBroken =>
  new RuleBroken({
    slug: 'id-in-use',
    detail: 'En id i forespørselen er allerede brukt i saken.',
    losning: 'Bruk en ny UUID, eller la tjenesten lage id-en.',
  });

/** Something that happens once has happened (rule 40 in the widest sense). */
export const alreadyDone = (on: LocalDate, detail: string): RuleBroken =>
  ruleBroken('40', {
    on,
    slug: 'already-done',
    detail,
    losning: 'Ingenting mer å gjøre: dette er gjort før. Rett det som er feil, med en rettelse.',
  });

/** Some pointer of the body, and what is wrong there. */
export const fieldError = (name: string, regel: string, melding: string): FieldError => ({
  felt: name.startsWith('/') ? name : `/${name}`,
  regel,
  melding,
});

export const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';
