import { copyStore, type StoreCopy } from '#forlop/event-store';
import { EXIT, type ExitCode, loadConfig } from '#forlop/platform';
import { answer } from '../output.js';
import { ProgressBar } from '../progress.js';
import { withStore } from './ends.js';

/**
 * Copies a store, or goes on where an earlier copy ended.
 * @returns 69 when the source has taken more events meanwhile: then it is to be run again
 */
export async function runStoreCopy(from: string, to: string, json: boolean): Promise<ExitCode> {
  const config = loadConfig(process.env);
  const copied = await withStore(config, from, 'from', (source) =>
    withStore(config, to, 'to', async (target) => {
      const bar = new ProgressBar('events');
      try {
        return await copyStore(source, target, { onProgress: (step) => bar.show(step) });
      } finally {
        bar.end();
      }
    }),
  );
  answer(json, copied, () => linesOf(copied));
  return copied.sourceMovedOn ? EXIT.unavailable : EXIT.ok;
}

function linesOf({
  events,
  found,
  copied,
  digest,
  position,
  targetPosition,
  sourceMovedOn,
}: StoreCopy): string[] {
  const next = sourceMovedOn
    ? `The source has taken more events since ${position ?? 'then'}: stop what serves on it and run this again.`
    : 'Read models and reactors of the old store are of no use to the new one: see docs/how-to/move-to-eventstoredb.md';
  return [
    `${events} events, ${copied} copied now, ${found} found from before`,
    `digest ${digest} of both`,
    `${position ?? '-'} → ${targetPosition ?? '-'}`,
    next,
  ];
}
