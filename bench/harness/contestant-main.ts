/** The child's side of a contestant: opens the module it is told, takes turns, and ends when the parent is gone. */
import type { FromContestant, OpenContestant, OpenedContestant, ToContestant } from './contestant.js';
import type { Measured } from './results.js';

const KIB = 1024;
let opened: OpenedContestant<unknown> | undefined;

async function answer(message: ToContestant): Promise<Measured | undefined> {
  switch (message.kind) {
    case 'open': {
      const url = new URL(`../contestants/${message.module}.js`, import.meta.url);
      const { open } = (await import(url.href)) as { open: OpenContestant<unknown, unknown> };
      opened = await open(message.settings);
      return undefined;
    }
    case 'turn':
      return opened?.turn(message.work);
    case 'close':
      await opened?.close();
      return undefined;
  }
}

const send = (message: FromContestant): void => void process.send?.(message);

process.on('message', (message: ToContestant) => {
  answer(message).then(
    (measured) => {
      const peakMemory = Math.round(process.resourceUsage().maxRSS / KIB);
      send({ kind: 'done', peakMemory, ...(measured === undefined ? {} : { measured }) });
    },
    (error: unknown) =>
      send({
        kind: 'failed',
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  );
});
process.on('disconnect', () => process.exit(0));
