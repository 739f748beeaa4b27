import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { OpenContestant } from '../harness/contestant.js';
import { ROOT } from '../harness/service.js';

const READY = /^READY /m;

/** `npm start` on a data folder, from the command to `READY`; then it is asked to stop. `value` is in milliseconds. */
export const open: OpenContestant<{ dataDir: string }, object> = async ({ dataDir }) => ({
  turn: async () => {
    const begin = performance.now();
    const child = spawn('npm', ['start'], {
      cwd: fileURLToPath(ROOT),
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        FORLOP_DATA_DIR: dataDir,
        PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'exit');
    let said = '';
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      said += chunk.toString();
      if (READY.test(said)) break;
    }
    const ms = performance.now() - begin;
    child.kill('SIGTERM');
    await ended;
    if (!READY.test(said)) throw new Error(`npm start was not ready: ${errors.slice(-2000)}`);
    return { value: ms };
  },
  close: async () => undefined,
});
