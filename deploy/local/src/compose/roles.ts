import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createRoles, databaseServices, type RolePasswords } from '../servers/roles.js';

/** Creates database, roles and schemas, with the passwords that `secrets.js` has written. `roles.js <folder>` */
const folder = process.argv[2]!;
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const passwordIn = (name: string) => decodeURIComponent(new URL(read(name)).password);
const passwords = Object.fromEntries(
  databaseServices.flatMap((service) => [
    [service, passwordIn(`${service}/database-url`)],
    [`${service}_owner`, passwordIn(`${service}/database-owner-url`)],
  ]),
) as RolePasswords;
const superuser = encodeURIComponent(read('postgres-password'));
await createRoles({ url: `postgres://postgres:${superuser}@postgres:5432/postgres`, passwords });
