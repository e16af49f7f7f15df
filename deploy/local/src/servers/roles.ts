/** The services that have a schema, which has the service's name. */
export const databaseServices = ['accounts', 'licensing', 'notifications'] as const;
export type DatabaseService = (typeof databaseServices)[number];

export type RoleName = DatabaseService | `${DatabaseService}_owner`;
export type RolePasswords = Record<RoleName, string>;

export const loginRoles: readonly RoleName[] = databaseServices.flatMap((service) => [
  service,
  `${service}_owner` as const,
]);

/** The superuser's URL, in the database `postgres`. It says that there is no TLS, since PGSSLMODE may be set for other servers. */
export function superuserUrl(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres?sslmode=disable`;
}

/** The same URL with another database. */
export function inDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** The same URL as one of the roles. */
export function asRole(url: string, role: RoleName, passwords: RolePasswords, database = 'tenure'): string {
  const changed = new URL(inDatabase(url, database));
  changed.username = role;
  changed.password = encodeURIComponent(passwords[role]);
  return changed.href;
}
