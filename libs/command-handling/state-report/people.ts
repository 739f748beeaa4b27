import { ERASED, holdsPersonalData, personalDataOf, personStream } from '#forlop/domain';
import type { Infer, KnownPerson, PersonData } from '#forlop/domain';
import type { textChapters } from '#forlop/domain';
import type { Position, StoredEvent } from '#forlop/event-store';
import { decode, envelopeIn } from '../codec.js';
import type { StreamDeps } from '../stream.js';

type Chapters = NonNullable<Infer<{ readonly chapters: ReturnType<typeof textChapters> }>['chapters']>;

/**
 * Numbers of the chapters in which a name or an identifier of somebody whom the municipality has registered stands, by
 * what is or ever was registered. Names are opened for this check alone and kept nowhere. Nobody is opened for a report
 * without chapters.
 */
export async function chaptersNamingSomebody(
  deps: StreamDeps,
  municipality: string,
  chapters: Chapters = {},
): Promise<readonly number[]> {
  const written = Object.entries(chapters).filter(([, text]) => text !== undefined && text.trim() !== '');
  if (written.length === 0) return [];
  const known = personalDataOf(await peopleOf(deps, municipality));
  return written.flatMap(([chapter, text = '']) => (holdsPersonalData(text, known) ? [Number(chapter)] : []));
}

const PAGE = 1000;
const PEOPLE = { streamPrefixes: [personStream('')], types: ['PersonRegistered', 'PersonCorrected'] };

/**
 * Everybody whom the municipality ever registered. A report is made a few times a year, so this may read the store rather
 * than keep an index of names: one statement to the store and one to the key store for a thousand events.
 */
async function peopleOf(deps: StreamDeps, municipality: string): Promise<readonly KnownPerson[]> {
  const people: KnownPerson[] = [];
  for (let after: Position | null = null, more = true; more;) {
    const page = await deps.store.readAll(after, PAGE, PEOPLE);
    people.push(...(await opened(deps, municipality, page.events)));
    after = page.position;
    more = page.events.length > 0;
  }
  return people;
}

async function opened(
  { sealer }: StreamDeps,
  municipality: string,
  events: readonly StoredEvent[],
): Promise<readonly KnownPerson[]> {
  const own = events.filter((event) => envelopeIn(event).municipalityNumber === municipality);
  const people = await decode(sealer, own);
  return people.map(({ event }) => knownIn(event.data as PersonData));
}

function knownIn({ name, identifier }: PersonData): KnownPerson {
  const told = { ...name, identifier: identifier.value };
  return Object.fromEntries(
    Object.entries(told).filter(([, value]) => value !== undefined && value !== ERASED),
  );
}
