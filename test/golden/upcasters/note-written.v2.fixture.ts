import type { Upcaster } from '#forlop/domain';

/** 2 → 3: a note has a kind; those of before were all notes of the case. */
export const noteWrittenV2: Upcaster = {
  type: 'NoteWritten',
  from: 2,
  to: 3,
  upcast: (data) => ({ ...data, kind: 'CASE' }),
};
