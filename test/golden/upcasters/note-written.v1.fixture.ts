import type { JsonObject, Upcaster } from '#forlop/domain';

/** What version 1 holds: each text may be `null` here, where it is sealed, and stays so. */
interface Before {
  readonly note: string | null;
  readonly by: { readonly name: string | null };
}

/** 1 → 2: what was called `note` is a text, and who wrote it stands for itself. */
export const noteWrittenV1: Upcaster = {
  type: 'NoteWritten',
  from: 1,
  to: 2,
  upcast: (data) => {
    const { note, by, ...rest } = data as unknown as Before & JsonObject;
    return { ...rest, text: note, author: by.name };
  },
};
