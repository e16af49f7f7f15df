import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { counted } from '@tenure/platform/command/figures';
import { asOwners } from '../database/as-owners.js';
import { addRows, allRows, linesOfRows, type RowsByTable } from '../database/rows-by-table.js';
import { inTransaction } from '../database/with-database.js';
import { keptOf, type Kept } from './kept.js';
import { identifying, linesOf, untilSent, whereIs } from './left.js';
import { peopleMeant, type Meant } from './person.js';
import type { Person } from './replace.js';

/** Rows fetched at once: a dispatch may hold a hundred e-mails. */
const AT_ONCE = 200;

export interface Forgetting {
  /** A database URL with a role that bypasses row-level security and may change what the schema owners may. */
  database: string;
  /** The e-mail address, or the id of a member. */
  typed: string;
  say: (line: string) => void;
  /** Asks whether to proceed, after the changes were listed. */
  agreed: () => Promise<boolean>;
}

/**
 * Removes a person from the record, which stays: a pseudonym replaces whatever names them, in one transaction (ADR 45).
 * Then it searches for them everywhere, and reports what is left.
 * @returns whether nothing is left of them; null if it was not done
 * @throws Stop
 */
export async function forget({ database, typed, say, agreed }: Forgetting): Promise<boolean | null> {
  const meant = { typed, madeUpId: randomUUID() };
  return asOwners(database, ['accounts_owner', 'licensing_owner', 'notifications_owner'], async (client) => {
    const planned = await inTransaction(client, 'read', () => replaceAll(client, meant, 'count'));
    if (planned.figures.size === 0) {
      say('There is nothing left to replace.');
      return report(client, planned.people, say);
    }
    for (const person of planned.people) say(introduced(person));
    for (const line of linesOfRows(planned.figures)) say(line);
    if (!(await agreed())) return null;
    const { people, figures } = await inTransaction(client, 'write', () => replaceAll(client, meant, 'replace'));
    say(`Done: ${counted(allRows(figures), 'row')}.`);
    return report(client, people, say);
  });
}

function introduced({ memberId, pseudonym }: Person): string {
  return memberId === null
    ? `No member has had this address. Every record that names it will say ${pseudonym.email} instead:`
    : `Every record that names the member ${memberId} will say “${pseudonym.name}” instead:`;
}

async function replaceAll(
  client: Client,
  meant: Meant,
  deed: 'count' | 'replace',
): Promise<{ people: Person[]; figures: RowsByTable }> {
  const people = await peopleMeant(client, meant);
  const figures: RowsByTable = new Map();
  for (const person of people) {
    const organizations = new Set<string>();
    let changed = 0;
    for (const kept of keptOf(person))
      for await (const row of changesIn(client, kept, deed)) {
        changed += 1;
        addRows(figures, kept.table, 1);
        if (typeof row.organization_id === 'string') organizations.add(row.organization_id);
      }
    if (deed === 'replace' && changed > 0) await putOnRecord(client, person, [...organizations]);
  }
  return { people, figures };
}

/** Yields the rows that change, each after it is changed. */
async function* changesIn(
  client: Client,
  { table, key, with: before = '', columns, where, change }: Kept,
  deed: 'count' | 'replace',
): AsyncGenerator<Record<string, unknown>> {
  const read = [
    ...key.map((name) => `r.${name}`),
    ...Object.entries(columns).map(([name, sql]) => `${sql} as ${name}`),
  ];
  const isKey = (first: number) => key.map((name, index) => `${name} = $${first + index}`).join(' and ');
  await client.query(
    `declare kept no scroll cursor for ${before} select ${read.join(', ')} from ${table} r where ${where}
     ${deed === 'replace' ? 'for update of r' : ''}`,
  );
  for (;;) {
    const { rows } = await client.query<Record<string, unknown>>(`fetch ${AT_ONCE} from kept`);
    if (rows.length === 0) break;
    for (const row of rows) {
      const keys = key.map((name) => row[name]);
      const becomes = change(row);
      if (becomes === 'delete') {
        if (deed === 'replace') await client.query(`delete from ${table} where ${isKey(1)}`, keys);
        yield row;
        continue;
      }
      const news = Object.entries(becomes).filter(([name, value]) => stored(value) !== stored(row[name]));
      if (news.length === 0) continue;
      if (deed === 'replace')
        await client.query(
          `update ${table} set ${news.map(([name], index) => `${name} = $${index + 1}`).join(', ')} where ${isKey(news.length + 1)}`,
          [...news.map(([, value]) => stored(value)), ...keys],
        );
      yield row;
    }
  }
  await client.query('close kept');
}

function stored(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** Records that it was done and by which database role, without the identity of the person. */
async function putOnRecord(client: Client, person: Person, organizations: readonly string[]): Promise<void> {
  const { memberId, pseudonym } = person;
  await client.query(
    memberId === null
      ? `insert into accounts.audit (entry_id, organization_id, action, details)
         select uuidv7(), organization_id, 'address.forgotten', jsonb_build_object('email', $1::text, 'databaseRole', session_user)
         from unnest($2::uuid[]) as organization_id`
      : `insert into accounts.audit (entry_id, organization_id, action, details)
         select uuidv7(), organization_id, 'member.forgotten', jsonb_build_object('memberId', member_id, 'databaseRole', session_user)
         from accounts.members where member_id = $1`,
    memberId === null ? [pseudonym.email, organizations] : [memberId],
  );
}

/** @returns whether nothing is left */
async function report(client: Client, people: readonly Person[], say: (line: string) => void): Promise<boolean> {
  await untilSent(client);
  const [identified, named] = await inTransaction(client, 'read', async () => [
    await whereIs(client, people.flatMap(identifying)),
    await whereIs(client, [...new Set(people.flatMap(({ names }) => names))]),
  ]);
  for (const { memberId, sharedAddresses } of people)
    if (sharedAddresses.length > 0)
      say(
        `Another member shares an address of ${memberId}: it stays in every record that does not belong to ${memberId} alone.`,
      );
  const isAll = identified.size + named.size === 0;
  say(
    isAll
      ? 'Nothing in the database names them anymore.'
      : 'What is left: texts that people wrote in their own words, and others with the same name, such as a customer or another person. Somebody has to decide about each:',
  );
  if (identified.size > 0) say('Their address, or their subject at the identity provider, is in');
  for (const line of linesOf(identified)) say(line);
  if (named.size > 0) say('Their name is in');
  for (const line of linesOf(named)) say(line);
  say(elsewhere);
  return isAll;
}

const elsewhere = `What this command does not reach: backups; the e-mail provider's record and the identity provider's; the
stream EVENTS, which forgets within 30 days; what was downloaded. See docs/operations/personal-data.md.`;
