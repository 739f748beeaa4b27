import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { CODE_LISTS, codesOf, isCodeList } from '#forlop/domain';
import type { Code } from '#forlop/domain';
import { Refused } from '../edge/refused.js';
import type { Listing } from '../http/page-answer.js';
import type { OpenRead } from '../http/reading.js';

export class ListCodeLists {
  constructor(readonly read: OpenRead) {}
}

export class ListCodes {
  constructor(readonly read: OpenRead) {}
}

@QueryHandler(ListCodeLists)
export class ListCodeListsHandler implements IQueryHandler<ListCodeLists> {
  async execute(): Promise<Listing<{ list: string; codes: number }>> {
    return { items: CODE_LISTS.map((list) => ({ list, codes: codesOf(list).length })) };
  }
}

interface CodeItem {
  readonly code: string;
  readonly label: string;
  readonly validFrom: string;
  /** Last day on which it holds; `null` while no end is set. */
  readonly validTo: string | null;
}

@QueryHandler(ListCodes)
export class ListCodesHandler implements IQueryHandler<ListCodes> {
  async execute({ read: { path, query } }: ListCodes): Promise<Listing<CodeItem>> {
    const list = path['list'] ?? '';
    if (!isCodeList(list)) throw new Refused('not-found');
    return pageOf(codesOf(list, query['validOn']), query);
  }
}

/** Whole, because a client wants the list in one piece; in parts where it asks for a limit. */
function pageOf(codes: readonly Code[], { limit, after }: OpenRead['query']): Listing<CodeItem> {
  const begin = after === undefined ? 0 : codes.findIndex(({ code }) => code === after) + 1;
  const end = limit === undefined ? codes.length : begin + Number(limit);
  const shown = codes.slice(begin, end);
  const next = end < codes.length ? shown.at(-1)?.code : undefined;
  return { items: shown.map(itemOf), ...(next === undefined ? {} : { next }) };
}

const itemOf = ({ code, label, validFrom, validTo }: Code): CodeItem => ({
  code,
  label,
  validFrom,
  validTo: validTo ?? null,
});
