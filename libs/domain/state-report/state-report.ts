/** The StateReport aggregate: state, `evolve` and `decide`. */
import { assertNever, type Command, type CommandContext, type Decider } from '../kernel/decider.js';
import type { LocalDate } from '../kernel/dates.js';
import { RuleBroken, type FieldError } from '../kernel/errors.js';
import { refuseFuture } from '../kernel/legal-date.js';
import { ruleBroken } from '../law/rules.js';
import type {
  ApproveStateReport,
  GenerateStateReport,
  PresentStateReport,
  StateReportCommand,
} from './commands.js';
import type { StateReportEvent } from './events.js';
import { unfitFigures } from './figures.js';
import { holdsPersonalData } from './personal-data.js';

export type StateReportState =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'generated' | 'approved' | 'presented';
      /** Legal date of its last event. */
      readonly lastOn: LocalDate;
      /** Whether any version of it was presented: from then on a new one needs a reason. */
      readonly wasPresented: boolean;
    };

const initialState: StateReportState = { phase: 'none' };

function evolve(state: StateReportState, event: StateReportEvent): StateReportState {
  const wasPresented = state.phase !== 'none' && state.wasPresented;
  switch (event.type) {
    case 'StateReportGenerated':
      return { phase: 'generated', lastOn: event.data.on, wasPresented };
    case 'StateReportApproved':
      return { phase: 'approved', lastOn: event.data.on, wasPresented };
    case 'StateReportPresented':
      return { phase: 'presented', lastOn: event.data.meetingDate, wasPresented: true };
    default:
      return assertNever(event);
  }
}

function decide(command: StateReportCommand, state: StateReportState): readonly StateReportEvent[] {
  assertOwn(command.data.municipality, command.context);
  switch (command.type) {
    case 'GenerateStateReport':
      return generate(command, state);
    case 'ApproveStateReport':
      return approve(command, state);
    case 'PresentStateReport':
      return present(command, state);
    default:
      return assertNever(command);
  }
}

/** Another municipality's report is not there. */
function assertOwn(municipality: string, context: CommandContext): void {
  if (municipality !== context.municipality) throw notThere();
}

function generate(
  { data, context }: Command<typeof GenerateStateReport>,
  state: StateReportState,
): readonly StateReportEvent[] {
  const { chaptersNaming, on = context.today, ...report } = data;
  refuseFuture(context.today, { on });
  assertBegun(report.year, on);
  if (state.phase !== 'none' && state.wasPresented && isBlank(report.reason)) {
    throw alreadyDone(
      'Rapporten er lagt fram.',
      'Oppgi i reason hvorfor den lages på nytt; den som er lagt fram, blir stående.',
    );
  }
  assertNoPersonalData(report.textChapters ?? {}, chaptersNaming, on);
  assertSuppressed(report, on);
  return [{ type: 'StateReportGenerated', data: { ...report, on } }];
}

function assertBegun(year: number, on: LocalDate): void {
  if (on >= `${year}-01-01`) return;
  throw new RuleBroken({
    slug: 'date-out-of-order',
    detail: `Rapporten gjelder ${year}, som ikke hadde begynt ${on}.`,
    losning: 'Lag rapporten i løpet av året eller etter at det er omme.',
    feil: [{ felt: '/on', regel: 'date-out-of-order', melding: `Skriv en dato fra og med ${year}-01-01.` }],
  });
}

/**
 * Rule 59. Of the slugs of the contract it is `small-cells` that belongs to the rule: unlawful content (422) that is judged
 * after the caller's right, since the answer tells whether a name stands in the case files. `feil` says which chapter.
 */
function assertNoPersonalData(
  chapters: Readonly<Record<string, string | undefined>>,
  naming: readonly number[],
  on: LocalDate,
): void {
  const none = { words: new Set<string>(), numbers: new Set<string>() };
  const feil = Object.entries(chapters).flatMap(([chapter, text = '']): FieldError[] =>
    naming.includes(Number(chapter)) || holdsPersonalData(text, none)
      ? [
          {
            felt: `/textChapters/${chapter}`,
            regel: 'personal-data',
            melding: 'Fjern navn og fødselsnumre: rapporten skal ikke kunne peke ut noen.',
          },
        ]
      : [],
  );
  if (feil.length === 0) return;
  throw ruleBroken('59', {
    on,
    detail: 'Et kapittel nevner et navn eller et nummer som står i saksmappene, eller et fødselsnummer.',
    feil,
  });
}

function assertSuppressed(
  {
    indicators,
    suppressedCells,
  }: Pick<Command<typeof GenerateStateReport>['data'], 'indicators' | 'suppressedCells'>,
  on: LocalDate,
): void {
  const unfit = unfitFigures({ indicators, suppressedCells });
  if (unfit.length === 0) return;
  throw ruleBroken('59', {
    on,
    detail: `Tall fra 1 til 3 er ikke skjult, eller kan regnes ut: ${[...new Set(unfit.map(({ key }) => key))].join(', ')}.`,
    losning: 'Skjul cellene og det de kan regnes ut av.',
  });
}

function approve(
  { data, context }: Command<typeof ApproveStateReport>,
  state: StateReportState,
): readonly StateReportEvent[] {
  if (state.phase === 'none') throw notThere();
  if (state.phase !== 'generated') {
    throw alreadyDone('Rapporten er allerede godkjent.', 'Ingenting mer å gjøre før en ny rapport er laget.');
  }
  const on = data.on ?? context.today;
  refuseFuture(context.today, { on });
  assertOrder(state.lastOn, on, 'on', 'rapporten ble laget');
  const approvedBy = data.approvedBy ?? context.by.onBehalfOf ?? context.by.subjectId;
  return [
    {
      type: 'StateReportApproved',
      data: { municipality: data.municipality, year: data.year, approvedBy, on },
    },
  ];
}

function present(
  { data, context }: Command<typeof PresentStateReport>,
  state: StateReportState,
): readonly StateReportEvent[] {
  if (state.phase === 'none') throw notThere();
  if (state.phase === 'presented') {
    throw alreadyDone(
      'Rapporten er allerede lagt fram.',
      'Lag og godkjenn en ny rapport før den legges fram igjen.',
    );
  }
  if (state.phase === 'generated') {
    throw new RuleBroken({
      slug: 'no-decision',
      detail: 'Rapporten er ikke godkjent slik den sist ble laget.',
      losning: 'La kommunedirektøren godkjenne rapporten først.',
    });
  }
  refuseFuture(context.today, { meetingDate: data.meetingDate });
  assertOrder(state.lastOn, data.meetingDate, 'meetingDate', 'rapporten ble godkjent');
  return [{ type: 'StateReportPresented', data }];
}

function assertOrder(earlier: LocalDate, later: LocalDate, field: string, than: string): void {
  if (earlier <= later) return;
  throw new RuleBroken({
    slug: 'date-out-of-order',
    detail: `Datoen ${later} er før ${than} ${earlier}.`,
    losning: `Skriv en dato fra og med ${earlier}.`,
    feil: [
      { felt: `/${field}`, regel: 'date-out-of-order', melding: `Skriv en dato fra og med ${earlier}.` },
    ],
  });
}

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

const notThere = (): RuleBroken =>
  new RuleBroken({
    slug: 'not-found',
    detail: 'Det er ikke laget noen rapport for året.',
    losning: 'La lederen av barnevernstjenesten lage rapporten først.',
  });

const alreadyDone = (detail: string, losning: string): RuleBroken =>
  new RuleBroken({ slug: 'already-done', detail, losning });

export const stateReport: Decider<StateReportState, StateReportCommand, StateReportEvent> = {
  initialState,
  evolve,
  decide,
};
