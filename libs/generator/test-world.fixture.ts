/** Worlds for the tests, and what stands in them. */
import { createHash } from 'node:crypto';
import { digestOfParts, Digests } from './digest.js';
import type { GeneratedEvent, GeneratedStream, GivenCommand, Piece } from './given.js';
import { type World, worldOf, type WorldPlan } from './world.js';

export const SMALL: WorldPlan = { cases: 60, municipalities: 3, years: 3, seed: '1' };

export const worldWith = (changes: Partial<WorldPlan> = {}): World => worldOf({ ...SMALL, ...changes });

/** As `writeWorld` counts it, without writing anything. */
export function digestOf(world: Iterable<Piece>): string {
  const digests = new Digests();
  for (const piece of world) digests.add(piece);
  return digestOfParts(digests.end());
}

export const commandsIn = (streams: Iterable<GeneratedStream>): GivenCommand[] =>
  [...streams].flatMap(({ commands }) => commands);

export const eventsIn = ({ commands }: Pick<GeneratedStream, 'commands'>): GeneratedEvent[] =>
  commands.flatMap(({ events }) => events);

export const casesIn = (world: World): GeneratedStream[] =>
  [...world.streams()].filter(({ streamId }) => streamId.startsWith('childcase-'));

export const personsIn = (world: World): GeneratedStream[] =>
  [...world.streams()].filter(({ streamId }) => streamId.startsWith('person-'));

/** A UUID that follows from a word. */
export const idOf = (word: string): string =>
  createHash('sha256')
    .update(word)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
