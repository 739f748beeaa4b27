/** Documents in the child's journal (bvl §12-4). */
import type { CaseCommandOf } from '#forlop/domain';
import type { CaseLife } from './case-life.js';

type Document = CaseCommandOf<'JournalDocument'>['data'];

/** @returns the document's id */
export function journal(
  life: CaseLife,
  type: 'I' | 'U' | 'N',
  documentClass: Document['documentClass'],
): string {
  const { random, today, household } = life;
  const documentId = random.uuid();
  const [receiver] = household.guardians;
  life.give(
    'JournalDocument',
    {
      documentId,
      journaledOn: today,
      noark: {
        systemID: `${today.slice(0, 4)}/${random.between(1, 99_999)}-${random.between(1, 40)}`,
        type,
        date: today,
        ...(type === 'U' && receiver !== undefined
          ? {
              parties: [
                {
                  personRef: receiver.personId,
                  name: { first: receiver.first, last: receiver.last },
                  role: 'Mottaker',
                },
              ],
            }
          : {}),
      },
      documentClass,
      sha256: (random.uuid() + random.uuid()).replaceAll('-', ''),
      internal: type === 'N' && random.chance(0.2),
      ...(type === 'U' ? { exposedTo: household.guardians.map(({ personId }) => personId) } : {}),
    },
    random.chance(0.3) ? life.colleague('ARKIVAR') : life.caseworker,
  );
  return documentId;
}
