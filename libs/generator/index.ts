/** Made-up histories that are lawful: pure in `worldOf`, written by `writeWorld`. */
export { digestOfParts, type PartDigests } from './digest.js';
export { firstEvents } from './first-events.js';
export type { GeneratedEvent, GeneratedStream, GivenCommand, Piece } from './given.js';
export { UnlawfulCommand } from './given.js';
export type { Place } from './places.js';
export { INDIVIDUALS, syntheticNumber } from './identity-number.js';
export { PARTS } from './parts.js';
export { Shares, type Share, type ShareCounts, type ShareName } from './shares.js';
export { DEFAULT_UNTIL, worldOf, type World, type WorldPlan } from './world.js';
export {
  rateSince,
  writePieces,
  writeWorld,
  type PartsWritten,
  type Progress,
  type WriteDeps,
  type Written,
} from './write.js';
