/** Identity numbers of the persons of a world, given to them in the blind index before they are stored. */
import type { Infer, PersonEvent, personCommands } from '#forlop/domain';
import type { BlindIndex, Reservation, Sealer } from '#forlop/privacy';
import type { GeneratedEvent, GivenCommand, Piece } from './given.js';

type Identifier = Infer<typeof personCommands.RegisterPerson.shape>['identifier'];

interface Deps {
  readonly sealer: Sealer;
  readonly blindIndex: BlindIndex;
}

/**
 * The pieces as they can be stored. Nobody of a world shares a number, but a store may hold another world: whose number somebody
 * has already in that municipality is registered without one, as one number is one person.
 */
export async function withFreeNumbers(
  { sealer, blindIndex }: Deps,
  pieces: readonly Piece[],
): Promise<readonly Piece[]> {
  const reservations: Reservation[] = [];
  for (const piece of pieces) {
    for (const { kind, value } of identifiersIn(piece)) {
      if (value === undefined) continue;
      const hmac = sealer.identifierHmac(piece.municipality, kind, value);
      reservations.push({ municipality: piece.municipality, hmac, personId: piece.subject });
    }
  }
  const holders = await blindIndex.reserveAll(reservations);
  const taken = new Set(
    reservations.flatMap(({ personId }, index) => (holders[index] === personId ? [] : [personId])),
  );
  return taken.size === 0
    ? pieces
    : pieces.map((piece) => (taken.has(piece.subject) && isPerson(piece) ? withoutNumber(piece) : piece));
}

const isPerson = ({ streamId }: Piece): boolean => streamId.startsWith('person-');

const identifiersIn = (piece: Piece): readonly Identifier[] =>
  isPerson(piece)
    ? piece.commands.flatMap(({ events }) =>
        (events as readonly PersonEvent[]).flatMap((event) =>
          event.type === 'SubjectShredded' ? [] : [event.data.identifier],
        ),
      )
    : [];

const withoutNumber = (piece: Piece): Piece => ({
  ...piece,
  commands: piece.commands.map((command): GivenCommand => ({
    ...command,
    events: command.events.map(nameless),
  })),
});

const nameless = (event: GeneratedEvent): GeneratedEvent => {
  const { identifier } = event.data as { readonly identifier?: Identifier };
  return identifier?.value === undefined
    ? event
    : { ...event, data: { ...event.data, identifier: { kind: 'NONE' } } };
};
