import type { FastifyRequest } from 'fastify';
import { endOfDayOslo, isInstant, isLocalDate, isUuid, startOfDayOslo } from '#forlop/domain';
import type { FieldError } from '#forlop/domain';
import { isPosition } from '#forlop/event-store';
import { parameterError } from '../edge/refused.js';

/** What a query parameter may hold. */
export type QueryKind = 'limit' | 'after' | 'code' | 'date' | 'moment' | 'view';
export type QuerySpec = Readonly<Record<string, { readonly kind: QueryKind; readonly required?: true }>>;

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;

const CODE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/;

const KINDS: Readonly<Record<QueryKind, { fits: (text: string) => boolean; melding: string }>> = {
  limit: {
    fits: (text) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= MAX_LIMIT,
    melding: `Skriv et helt tall fra 1 til ${MAX_LIMIT}.`,
  },
  after: { fits: isPosition, melding: 'Bruk verdien av «next» i forrige svar.' },
  code: { fits: (text) => CODE.test(text), melding: 'Bruk verdien av «next» i forrige svar.' },
  date: { fits: isLocalDate, melding: 'Skriv en dato som finnes, på formen ÅÅÅÅ-MM-DD.' },
  moment: {
    fits: (text) => isLocalDate(text) || isInstant(text),
    melding: 'Skriv en dato (ÅÅÅÅ-MM-DD) eller et tidspunkt med tidssone.',
  },
  view: { fits: (text) => /^(?:reported|known)$/.test(text), melding: 'Velg reported eller known.' },
};

/** A date is taken as its first or its last instant in Oslo, so that both ends are inclusive. */
export const firstInstant = (moment: string): string =>
  isLocalDate(moment) ? startOfDayOslo(moment) : moment;
export const lastInstant = (moment: string): string => (isLocalDate(moment) ? endOfDayOslo(moment) : moment);

/** The errors of a query; parameters that the route does not know are refused. */
export function queryErrors(request: FastifyRequest, spec: QuerySpec): FieldError[] {
  const query = queryOf(request);
  const unknown = Object.keys(query)
    .filter((name) => !Object.hasOwn(spec, name))
    .map((name) =>
      parameterError(shownName(name), 'unknown-parameter', 'Fjern parameteren: den er ukjent her.'),
    );
  const wrong = Object.entries(spec).flatMap(([name, { kind, required }]) => {
    const value = Object.hasOwn(query, name) ? query[name] : undefined;
    if (value === undefined) {
      return required ? [parameterError(name, 'required', 'Fyll ut parameteren: den er påkrevd.')] : [];
    }
    const { fits, melding } = KINDS[kind];
    return typeof value === 'string' && fits(value) ? [] : [parameterError(name, 'format', melding)];
  });
  return [...unknown, ...wrong];
}

/** The query of a request whose errors were looked for before; a parameter given twice is an array. */
export const queryOf = (request: FastifyRequest): Readonly<Record<string, unknown>> =>
  request.query as Readonly<Record<string, unknown>>;

/** A name that could itself be personal is not repeated. */
const shownName = (name: string): string => (/^[A-Za-z][A-Za-z_]{0,39}$/.test(name) ? name : 'query');

/** The ids of a path in their stored spelling. */
export const pathIds = (request: FastifyRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(request.params as Record<string, string>).map(([name, value]) => [
      name,
      value.toLowerCase(),
    ]),
  );

interface PathKind {
  readonly fits: (text: string) => boolean;
  readonly melding: string;
  readonly schema: JsonSchema;
}

type JsonSchema = Readonly<Record<string, string | number>>;

const ID: PathKind = {
  fits: isUuid,
  melding: 'Id-en i adressen skal være en UUID.',
  schema: { type: 'string', format: 'uuid' },
};

/** Path parameters that are no UUID. */
const PATH_KINDS: ReadonlyMap<string, PathKind> = new Map([
  [
    'kommunenr',
    {
      fits: (text) => /^\d{4}$/.test(text),
      melding: 'Skriv kommunenummeret med fire sifre.',
      schema: { type: 'string', pattern: '^\\d{4}$', example: '3401' },
    },
  ],
  [
    'year',
    {
      fits: (text) => /^2[01]\d\d$/.test(text),
      melding: 'Skriv et år fra 2000 til 2199.',
      schema: { type: 'integer', minimum: 2000, maximum: 2199, example: 2026 },
    },
  ],
  [
    'Qn',
    {
      fits: (text) => /^q\d{1,2}$/.test(text),
      melding: 'Skriv indikatoren som Q og et tall, som Q5.',
      schema: { type: 'string', pattern: '^Q\\d{1,2}$', example: 'Q5' },
    },
  ],
]);

/** JSON Schema of a path parameter. */
export const pathSchema = (name: string): JsonSchema => (PATH_KINDS.get(name) ?? ID).schema;

export const pathErrors = (ids: Readonly<Record<string, string>>): FieldError[] =>
  Object.entries(ids).flatMap(([name, value]) => {
    const { fits, melding } = PATH_KINDS.get(name) ?? ID;
    return fits(value) ? [] : [parameterError(name, 'format', melding)];
  });
