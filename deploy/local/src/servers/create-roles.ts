import { readFileSync } from 'node:fs';
import path from 'node:path';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { repository } from '../folders.js';
import { onDatabase } from './on-database.js';
import { inDatabase, loginRoles, type RolePasswords } from './roles.js';

export interface RolesOptions {
  /** The superuser's URL, in the database `postgres`. */
  url: string;
  passwords: RolePasswords;
  database?: string;
}

const sql = (file: string) => readFileSync(path.join(repository, 'deploy/postgres', file), 'utf8');

/**
 * Creates the roles of the services and the database that they may use, as defined in `deploy/postgres`. Repeatable.
 */
export async function createRoles({ url, passwords, database = 'tenure' }: RolesOptions): Promise<void> {
  await onDatabase(url, async (client) => {
    await client.query(sql('roles.sql'));
    for (const role of loginRoles) await client.query(`alter role ${role} password ${escapeLiteral(passwords[role])}`);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(database)}`);
  });
  await grantDatabase(inDatabase(url, database));
}

/** Lets in only the services' roles. @param url the superuser's, in that database */
export async function grantDatabase(url: string): Promise<void> {
  await onDatabase(url, (client) => client.query(sql('database.sql')));
}
