import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { storeAwaySuite } from './store-away.js';

/** A command of whoever runs the server: `EVENTSTORE_KILL` ends it at once, `EVENTSTORE_START` returns when it answers again. */
async function run(variable: 'EVENTSTORE_KILL' | 'EVENTSTORE_START'): Promise<void> {
  const command = process.env[variable];
  if (command === undefined) throw new Error(`${variable} is not set`);
  // The server takes every variable that begins so for a setting of its own.
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith('EVENTSTORE_'));
  await promisify(execFile)('sh', ['-c', command], { env: Object.fromEntries(env) });
}

storeAwaySuite('a real server that is killed', async () => {
  const url = process.env['EVENTSTORE_URL'];
  if (url === undefined) throw new Error('EVENTSTORE_URL names the server that this suite is run against');
  return { url, away: () => run('EVENTSTORE_KILL'), back: () => run('EVENTSTORE_START') };
});
