/** SupervisionAccess (tilsynssak): state, `evolve` and `decide` (rule 61). */
import { osloDate, type LocalDate } from '../kernel/dates.js';
import { assertNever, type CommandContext, type Decider } from '../kernel/decider.js';
import { RuleBroken, type FieldError } from '../kernel/errors.js';
import { refuseFuture } from '../kernel/legal-date.js';
import { isMunicipality } from '../kernel/municipalities.js';
import { assertOrder, fieldError } from '../child-case/decide/basics.js';
import { ruleBroken } from '../law/rules.js';
import type { SupervisionCommand, SupervisionCommandOf } from './commands.js';
import { AUTHORITIES, COMPLAINT, type Authority, type SupervisionEvent } from './events.js';

interface Opened {
  readonly authority: Authority;
  readonly authorityOrg: string;
  readonly basis: SupervisionCommandOf<'OpenSupervision'>['data']['basis'];
  readonly scope: SupervisionCommandOf<'OpenSupervision'>['data']['scope'];
  readonly openedOn: LocalDate;
  /** The day of the last replay: a supervision does not end before it. */
  readonly lastReplayOn?: LocalDate;
}
export type SupervisionState =
  | { readonly situation: 'none' }
  | ({ readonly situation: 'open' } & Opened)
  | ({ readonly situation: 'closed'; readonly closedOn: LocalDate } & Opened);

const initialState: SupervisionState = { situation: 'none' };

function evolve(state: SupervisionState, event: SupervisionEvent): SupervisionState {
  if (event.type === 'SupervisionOpened') {
    const { authority, authorityOrg, basis, scope, on } = event.data;
    return { situation: 'open', authority, authorityOrg, basis, scope, openedOn: on };
  }
  if (state.situation === 'none') throw new TypeError(`A supervision cannot begin with ${event.type}`);
  switch (event.type) {
    case 'CaseHistoryReplayed':
      return { ...state, lastReplayOn: osloDate(event.data.replayedAt) };
    case 'SupervisionClosed':
      return { ...state, situation: 'closed', closedOn: event.data.on };
    default:
      return assertNever(event);
  }
}

/** `[]` when nothing changes. Throws `RuleBroken`. */
function decide(command: SupervisionCommand, state: SupervisionState): readonly SupervisionEvent[] {
  switch (command.type) {
    case 'OpenSupervision':
      return openSupervision(command, state);
    case 'RecordReplay':
      return recordReplay(command, state);
    case 'CloseSupervision':
      return closeSupervision(command, state);
    default:
      return assertNever(command);
  }
}

const outside = (on: LocalDate, detail: string, losning?: string, feil?: readonly FieldError[]): RuleBroken =>
  ruleBroken('61', {
    on,
    detail,
    ...(losning === undefined ? {} : { losning }),
    ...(feil === undefined ? {} : { feil }),
  });

/**
 * Either authority may cite any of the three: a supervision of the whole country rests on §17-2 and is carried out by the
 * statsforvalter, and §17-4 gives both access. The last two are what a complaint is treated by, in place of the word.
 */
const BASES = ['BVL2021 17-2', 'BVL2021 17-3', 'BVL2021 17-4', 'BVL2021 12-9', 'FVL1967 33'];

function openSupervision(
  { data, context }: SupervisionCommandOf<'OpenSupervision'>,
  state: SupervisionState,
): readonly SupervisionEvent[] {
  if (state.situation !== 'none') {
    throw new RuleBroken({
      slug: 'id-in-use',
      detail: 'Tilsynets id er allerede i bruk.',
      losning: 'Bruk en ny UUID, eller la tjenesten lage id-en.',
    });
  }
  refuseFuture(context.today, { on: data.on });
  const authority = authorityOf(context, data.authority);
  const { basis, on } = data;
  if (basis !== COMPLAINT && !BASES.includes(`${basis.law} ${basis.section}`)) {
    throw outside(
      on,
      'Bestemmelsen gir ikke hjemmel for tilsyn.',
      'Vis til barnevernsloven § 17-2, § 17-3 eller § 17-4, eller skriv KLAGE.',
      [fieldError('/basis', 'outside-supervision-scope', 'Velg hjemmelen tilsynet bygger på.')],
    );
  }
  assertMunicipalities(data.scope.municipalities, on);
  return [{ type: 'SupervisionOpened', data: { ...data, authority, authorityOrg: context.by.orgNumber } }];
}

/** The caller’s role is the authority; nobody opens a supervision in another’s name. */
function authorityOf({ by }: CommandContext, claimed: Authority | undefined): Authority {
  const own = AUTHORITIES.find((authority) => authority === by.role);
  if (own !== undefined && (claimed === undefined || claimed === own)) return own;
  throw new RuleBroken({
    slug: 'forbidden',
    detail: 'Tilsynet må åpnes av tilsynsmyndigheten selv.',
    losning: 'Utelat authority, eller oppgi din egen rolle.',
  });
}

function assertMunicipalities(numbers: readonly string[], on: LocalDate): void {
  const feil = numbers.flatMap((number, index) =>
    isMunicipality(number, on)
      ? []
      : [
          fieldError(
            `/scope/municipalities/${index}`,
            'code-not-valid',
            'Skriv nummeret til en kommune som finnes på datoen.',
          ),
        ],
  );
  if (feil.length === 0) return;
  throw new RuleBroken({
    slug: 'code-not-valid',
    detail: 'Et kommunenummer i omfanget finnes ikke på datoen.',
    losning: 'Bruk kommunenummeret som gjelder på datoen tilsynet åpnes.',
    feil,
  });
}

/** Inside an open supervision of the caller’s own, every one of the cases (rule 61); read only, and recorded. */
function recordReplay(
  { data, context }: SupervisionCommandOf<'RecordReplay'>,
  state: SupervisionState,
): readonly SupervisionEvent[] {
  const { cases, ...replay } = data;
  assertInScope(state, { caseIds: data.caseIds, cases, context });
  return [{ type: 'CaseHistoryReplayed', data: { ...replay, replayedAt: context.now } }];
}

export interface SupervisedReading {
  readonly caseIds: readonly string[];
  /** The municipality that owns each of the cases. */
  readonly cases: readonly { readonly caseId: string; readonly municipality: string }[];
  readonly context: CommandContext;
}

/** Throws `outside-supervision-scope`, for a supervision that does not exist too. */
export function assertInScope(state: SupervisionState, { caseIds, cases, context }: SupervisedReading): void {
  const { by, today } = context;
  if (state.situation === 'none' || !isOwn(state, by)) {
    throw outside(today, 'Tilsynet finnes ikke hos tilsynsmyndigheten.');
  }
  if (state.situation === 'closed') {
    throw outside(today, `Tilsynet ble avsluttet ${state.closedOn}.`, 'Åpne et nytt tilsyn.');
  }
  const { municipalities, caseIds: only } = state.scope;
  const owners = new Map(cases.map(({ caseId, municipality }) => [caseId, municipality]));
  const inside = caseIds.every((caseId) => {
    const owner = owners.get(caseId);
    return owner !== undefined && municipalities.includes(owner) && (only?.includes(caseId) ?? true);
  });
  if (!inside) throw outside(today, 'Saken ligger utenfor omfanget av tilsynet.');
}

const isOwn = ({ authority, authorityOrg }: Opened, by: CommandContext['by']): boolean =>
  by.role === authority && by.orgNumber === authorityOrg;

function closeSupervision(
  { data, context }: SupervisionCommandOf<'CloseSupervision'>,
  state: SupervisionState,
): readonly SupervisionEvent[] {
  if (state.situation === 'none' || !isOwn(state, context.by)) {
    throw new RuleBroken({
      slug: 'not-found',
      detail: 'Tilsynet finnes ikke.',
      losning: 'Kontroller id-en i adressen.',
    });
  }
  if (state.situation === 'closed') {
    throw new RuleBroken({
      slug: 'already-done',
      detail: `Tilsynet ble avsluttet ${state.closedOn}.`,
      losning: 'Ingenting mer å gjøre.',
    });
  }
  refuseFuture(context.today, { on: data.on });
  assertOrder(state.openedOn, data.on, 'on', 'tilsynet ble åpnet');
  if (state.lastReplayOn !== undefined)
    assertOrder(state.lastReplayOn, data.on, 'on', 'den siste gjennomgangen');
  return [{ type: 'SupervisionClosed', data }];
}

export const supervision: Decider<SupervisionState, SupervisionCommand, SupervisionEvent> = {
  initialState,
  evolve,
  decide,
};
