/** A world cut short, for those who want so many events and not so many cases. */
import type { GivenCommand, Piece } from './given.js';

/** The first events of a world, exactly so many unless it has fewer. Streams that are cut off end there. */
export function* firstEvents(world: Iterable<Piece>, count: number): Generator<Piece> {
  let left = count;
  for (const piece of world) {
    if (left <= 0) return;
    const commands: GivenCommand[] = [];
    for (const command of piece.commands) {
      if (left <= 0) break;
      const events = command.events.slice(0, left);
      commands.push(events.length === command.events.length ? command : { ...command, events });
      left -= events.length;
    }
    yield commands.length === piece.commands.length ? piece : { ...piece, commands };
  }
}
