import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Role } from '@tenure/contracts';
import type { Person } from './identity-provider/person.js';
import { roleNames } from './identity-provider/role-names.js';
import { samplePeople } from './sample/people.js';

export type Member = Omit<Person, 'description'> & { roles: readonly Role[] };

/** Everybody who can sign in on this machine: the samples, and people added by `npm run members`. */
export function readPeople(folder: string): Person[] {
  const added = readAdded(folder);
  return [...samplePeople.filter(({ signIn }) => !added.some((person) => person.signIn === signIn)), ...added];
}

export function savePerson(folder: string, { roles, ...member }: Member): void {
  const person = { ...member, description: roleNames(roles) };
  const others = readAdded(folder).filter(({ signIn }) => signIn !== person.signIn);
  mkdirSync(folder, { recursive: true });
  const file = fileIn(folder);
  writeFileSync(`${file}.new`, JSON.stringify([...others, person], null, 2));
  renameSync(`${file}.new`, file);
}

function readAdded(folder: string): Person[] {
  const file = fileIn(folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Person[]) : [];
}

const fileIn = (folder: string) => path.join(folder, 'people.json');
