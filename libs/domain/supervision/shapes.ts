// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** What a supervision holds: the fields that command and event share. */
import { position } from '../access-log/events.js';
import { LAWS } from '../kernel/law-reference.js';
import {
  computed,
  date,
  id,
  instant,
  integer,
  list,
  newId,
  oneOf,
  optional,
  record,
  recordOr,
  reference,
} from '../kernel/schema.js';
import { letter, municipalityNumber, section } from '../kernel/shapes.js';

export const AUTHORITIES = ['STATSFORVALTER', 'HELSETILSYN'] as const;
export type Authority = (typeof AUTHORITIES)[number];

/** A complaint under treatment (bvl §12-9, fvl §33), in place of a provision. */
export const COMPLAINT = 'KLAGE';

export const supervision = {
  supervisionId: newId(),
  /** What the supervision rests on: bvl §17-2, §17-3 or §17-4, or `KLAGE`. */
  basis: recordOr(COMPLAINT, {
    law: oneOf(LAWS),
    section: section(),
    paragraph: optional(integer(1, 20)),
    letter: optional(letter()),
  }),
  scope: record({
    municipalities: list(municipalityNumber(), 1),
    /** Only these; all cases of the municipalities when it is absent. */
    caseIds: optional(list(id(), 1)),
  }),
  on: date(),
};

/** Where in which store a replay stood, so that it can be repeated. */
const asOf = () =>
  record({
    storeId: reference(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/, 'id-en til hendelseslageret', 'pg-1'),
    position: position(),
    lastEventId: id(),
  });

export const replay = {
  supervisionId: id(),
  caseIds: list(id(), 1),
  knownAt: optional(instant()),
  validAt: optional(instant()),
  asOf: computed(asOf()),
};

export const closing = { supervisionId: id(), on: date() };
