/** Stops what the global setup started and removes its folder. */
import { rm } from 'node:fs/promises';

export default async function teardown() {
  const started = globalThis.forlopTestServer;
  if (started === undefined) return;
  await started.server.stop();
  await rm(started.folder, { recursive: true, force: true });
}
