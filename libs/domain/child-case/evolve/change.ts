/** Small changes of a case, each a new value. */
import type { ById, IdKind, OpenCase } from '../state.js';

/** The record with one entry put in or replaced. */
export const put = <T>(record: ById<T>, id: string, value: T): ById<T> => ({ ...record, [id]: value });

/** The ids of the case with these marked as taken. */
export function take(state: OpenCase, kind: IdKind, ...ids: readonly string[]): ById<IdKind> {
  const taken: Record<string, IdKind> = { ...state.ids };
  for (const id of ids) taken[id] = kind;
  return taken;
}

/** The fields of an object that are there: what is absent stays absent. */
export const present = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
