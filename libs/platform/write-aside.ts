import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';

/**
 * Writes a file for its owner only (mode 600) under another name in the same folder and forces it to disk. The caller
 * renames it or links it to its own name, so that no crash leaves half a file there and nobody reads one.
 * @returns the other name
 */
export async function writeAside(path: string, content: string): Promise<string> {
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  return aside;
}
