import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { checkShape, isRecord } from '#forlop/domain';
import type { FieldError } from '#forlop/domain';
import { FITS, shapeOf } from './body-class.js';
import type { BodyClass } from './body-class.js';

/** More errors than this help nobody, and an answer must not grow with a hostile body. */
const MAX_ERRORS = 500;

/**
 * Every field error of a body at once, as JSON pointers; never a value. `[]` when the body fits its class: the domain's own
 * check of the shape says so at a tenth of the cost, and class-validator is asked for the words when it does not.
 */
export function checkBody(body: BodyClass, value: unknown): readonly FieldError[] {
  return checkShape(shapeOf(body), value).length === 0 ? [] : errorsIn(body, value);
}

/** What class-validator finds. */
export function errorsIn(body: BodyClass, value: unknown): readonly FieldError[] {
  if (!isRecord(value)) {
    return [{ felt: '', regel: 'type', melding: 'Skriv et JSON-objekt med navngitte felt.' }];
  }
  const errors = validateSync(plainToInstance(body, value), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    stopAtFirstError: false,
  });
  return errors.flatMap((error) => flatten(error, '')).slice(0, MAX_ERRORS);
}

function flatten(error: ValidationError, at: string): readonly FieldError[] {
  const { property, constraints = {}, children = [] } = error;
  if ('whitelistValidation' in constraints) {
    return [
      { felt: pointer(at, property), regel: 'unknown-field', melding: 'Fjern feltet: det er ukjent her.' },
    ];
  }
  const here = `${at}/${property}`;
  const own = constraints[FITS] === undefined ? [] : (JSON.parse(constraints[FITS]) as FieldError[]);
  const broken = new Set(own.map(({ felt }) => felt));
  return [
    ...own.map((each) => ({ ...each, felt: `${here}${each.felt}` })),
    ...(broken.has('') && !own.every(({ regel }) => regel === 'count')
      ? []
      : children
          .filter((child) => !broken.has(`/${child.property}`))
          .flatMap((child) => flatten(child, here))),
  ];
}

/** A key that could itself be personal is not repeated; then the object that it stands in is named. */
const pointer = (at: string, key: string): string =>
  /^[A-Za-z][A-Za-z_]{0,39}$/.test(key) ? `${at}/${key}` : at;
