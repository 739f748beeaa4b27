import { Client } from 'pg';
import { configurationError, type StartupError, unavailableError } from '../startup-error.js';

/** The oldest PostgreSQL that is supported (the newest tested is 18). */
const OLDEST_MAJOR = 15;

const WRONG_CONFIGURATION: Readonly<Record<string, string>> = {
  '28P01': 'is refused: wrong password',
  '28000': 'is refused: the role may not log in here',
  '3D000': 'names a database that does not exist',
  '42501': 'is refused: the role may not connect to this database',
};

/**
 * Runs `work` on a connection of its own.
 * @param variable the variable that holds the URL, named in errors; the URL never is
 * @throws StartupError 69 when nothing answers, 78 when the server refuses the login
 */
export async function withConnection<T>(
  url: string,
  variable: string,
  work: (connection: Client) => Promise<T>,
): Promise<T> {
  const connection = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'forlop-setup',
  });
  connection.on('error', () => undefined);
  try {
    await connection.connect();
  } catch (error) {
    await connection.end().catch(() => undefined);
    throw connectionProblem(error, url, variable);
  }
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/** @throws StartupError 78 for a server that is too old */
export async function assertServerVersion(url: string, variable: string): Promise<void> {
  const version = await withConnection(url, variable, async (connection) => {
    const { rows } = await connection.query<{ number: string }>(
      `select current_setting('server_version_num') as number`,
    );
    return Number(rows[0]?.number ?? 0);
  });
  if (Math.floor(version / 10_000) >= OLDEST_MAJOR) return;
  throw configurationError(
    `${variable} leads to PostgreSQL ${Math.floor(version / 10_000)}; ${OLDEST_MAJOR} or newer is needed`,
  );
}

function connectionProblem(error: unknown, url: string, variable: string): StartupError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const wrong = WRONG_CONFIGURATION[code];
  if (wrong !== undefined) return configurationError(`${variable} ${wrong} (${code})`);
  const { hostname, port } = new URL(url);
  return unavailableError(
    `${variable}: no database answers at ${hostname}:${port === '' ? '5432' : port}${code === '' ? '' : ` (${code})`}`,
  );
}
