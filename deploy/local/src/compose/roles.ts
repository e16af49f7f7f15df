import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createRoles } from '../servers/create-roles.js';
import { loginRoles, type RolePasswords } from '../servers/roles.js';

/** Creates database, roles and schemas, with the passwords that `secrets.js` wrote. `roles.js <folder>` */
const folder = process.argv[2]!;
const read = (name: string) => readFileSync(path.join(folder, `${name}-password`), 'utf8');
const passwords = Object.fromEntries(loginRoles.map((role) => [role, read(role)])) as RolePasswords;
const superuser = encodeURIComponent(read('postgres'));
await createRoles({ url: `postgres://postgres:${superuser}@postgres:5432/postgres`, passwords });
