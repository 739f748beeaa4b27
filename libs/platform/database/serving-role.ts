import { configurationError } from '../startup-error.js';
import { withConnection } from './connection.js';

interface Powers {
  readonly role: string;
  readonly superuser: boolean;
  readonly bypass: boolean;
  readonly owner: boolean;
}

/**
 * What a role may do by itself or through the roles it belongs to. `events` and `read` are the schemas whose tables are
 * fenced; the owner of a table passes its grants and may take its row-level security off.
 */
const POWERS = `
  select current_user as role,
         coalesce(bool_or(r.rolsuper), false) as superuser,
         coalesce(bool_or(r.rolbypassrls), false) as bypass,
         exists (select from pg_database d
                  where d.datname = current_database() and pg_has_role(current_user, d.datdba, 'member'))
           or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                       where n.nspname in ('events', 'read') and c.relkind in ('r', 'p', 'v')
                         and pg_has_role(current_user, c.relowner, 'member')) as owner
    from pg_roles r
   where pg_has_role(current_user, r.oid, 'member')`;

/**
 * Refuses a role that passes every fence: superuser, owner of the database or of a fenced table, BYPASSRLS.
 * @param variable the variable that holds the URL, named in the error
 * @param ownsDatabase true for the key store, whose one role owns its database
 * @throws StartupError 78, or 69 when the database does not answer
 */
export async function assertServingRole(url: string, variable: string, ownsDatabase = false): Promise<void> {
  const powers = await withConnection(url, variable, async (connection) => {
    const { rows } = await connection.query<Powers>(POWERS);
    return rows[0];
  });
  if (powers === undefined) throw configurationError(`${variable}: the role cannot be looked up`);
  const reason = powers.superuser
    ? 'is a superuser'
    : powers.bypass
      ? 'may bypass row-level security'
      : powers.owner && !ownsDatabase
        ? 'owns the database or its tables'
        : undefined;
  if (reason === undefined) return;
  throw configurationError(
    `${variable} logs in as ${powers.role}, who ${reason} and passes every fence in the database. ` +
      `Use a role of its own. Example: create role forlop_service login password '…'`,
  );
}
