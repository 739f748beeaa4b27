import { osloDate } from '#forlop/domain';
import { itemsOf, listIn, member, textIn, type Json } from './client.js';
import { shortDate } from './story-days.js';
import { table } from './table.js';

const FIRST = 4;
const LAST = 7;

/** The beginning and the end of an audit trail, and what it holds in all. */
export function trailExcerpt(trail: Json): readonly string[] {
  const items = itemsOf(trail);
  const reads = items.filter(isRead).length;
  const late = items.filter((item) => member(item, 'backDated') === true).length;
  const shown = items.length > FIRST + LAST + 1 ? excerpt(items) : items.map(row);
  return [
    `    Revisjonsspor: ${items.length} innslag, ${reads} av dem innsyn, ${late} etterregistrert`,
    '',
    ...table(
      [
        { head: 'Inntraff' },
        { head: 'Registrert' },
        { head: 'Hvem', most: 30 },
        { head: 'Rolle' },
        { head: 'Hva' },
        { head: 'Hjemmel', most: 24 },
        { head: 'Merknad' },
      ],
      shown,
    ),
  ];
}

const excerpt = (items: readonly Json[]): readonly (readonly string[])[] => [
  ...items.slice(0, FIRST).map(row),
  ['⋮', '', '', '', `⋮ ${items.length - FIRST - LAST} til`],
  ...items.slice(-LAST).map(row),
];

const isRead = (item: Json): boolean => textIn(item, 'type') === 'CaseHistoryAccessed';

function row(item: Json): readonly string[] {
  const actor = member(item, 'actor');
  return [
    dayOf(textIn(item, 'occurredAt')),
    dayOf(textIn(item, 'recordedAt')),
    [textIn(actor, 'subjectId') ?? '', ...forWhom(textIn(actor, 'onBehalfOf'))].join(' for '),
    (textIn(actor, 'role') ?? '').toLowerCase(),
    textIn(item, 'type') ?? '',
    listIn(item, 'legalBasis').slice(0, 1).map(provision).join(''),
    remark(item),
  ];
}

/** A machine acts for an employee. */
const forWhom = (employee: string | null): readonly string[] => (employee === null ? [] : [employee]);

const dayOf = (instant: string | null): string => (instant === null ? '' : shortDate(osloDate(instant)));

const LAWS: Readonly<Record<string, string>> = {
  BVL2021: 'bvl.',
  BVL1992: 'bvl. 1992',
  FVL1967: 'fvl.',
  ARKL2025: 'arkl.',
  KOMML2018: 'komml.',
  DOMSTL1915: 'dl.',
};

/** As a lawyer writes it: `bvl. § 2-1 (1)`. */
function provision(basis: Json): string {
  const law = textIn(basis, 'law') ?? '';
  const paragraph = member(basis, 'paragraph');
  return `${LAWS[law] ?? law} § ${textIn(basis, 'section') ?? ''}${typeof paragraph === 'number' ? ` (${paragraph})` : ''}`;
}

function remark(item: Json): string {
  const outcome = textIn(item, 'decision') === 'DENY' ? 'nektet' : 'gitt';
  const access = isRead(item) ? [`innsyn ${outcome}, ${(textIn(item, 'purpose') ?? '').toLowerCase()}`] : [];
  const late = member(item, 'backDated') === true ? ['etterregistrert'] : [];
  return [...access, ...late, ...listIn(item, 'flags').map((flag) => `⚑ ${textIn(flag, 'slug') ?? ''}`)].join(
    ' ',
  );
}
