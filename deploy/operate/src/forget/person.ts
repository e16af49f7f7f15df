import type { Client } from 'pg';
import { Stop } from '@tenure/platform/command/stop';
import { counted } from '@tenure/platform/command/figures';
import { isPseudonymous, pseudonymOf } from './pseudonym.js';
import { keyOf, type Person } from './replace.js';

/** The person whom an operator specified. */
export interface Meant {
  /** An e-mail address, or a member's id. */
  typed: string;
  /** The id for the pseudonym of an address that was never a member's. */
  madeUpId: string;
}

interface MemberRow {
  memberId: string;
  issuer: string;
  subject: string;
  name: string;
  email: string;
  removedAt: Date | null;
  organization: string;
}

const selectMembers = `
  select m.member_id as "memberId", m.issuer, m.subject, m.name, m.email, m.removed_at as "removedAt", o.name as organization
  from accounts.members m join accounts.organizations o using (organization_id)`;

const idPattern = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/**
 * Resolves an e-mail address or a member's id: every member with that address, one after another, or the address alone
 * if no member has it.
 * @throws Stop while one of them is a member, or an address is in use
 */
export async function peopleMeant(client: Client, { typed, madeUpId }: Meant): Promise<Person[]> {
  const isId = idPattern.test(typed);
  if (!isId && !/^[^\s@]+@[^\s@]+$/.test(typed))
    throw new Stop(`"${typed}" is neither an e-mail address nor the id of a member.`);
  const where = isId ? 'm.member_id = $1::uuid' : 'lower(trim(m.email)) = $1';
  const { rows } = await client.query<MemberRow>(`${selectMembers} where ${where} order by m.member_id`, [
    typed.toLowerCase(),
  ]);
  if (isId && rows.length === 0) throw new Stop(`There is no member ${typed}.`);
  refuseMembers(rows.filter(({ removedAt }) => removedAt === null));
  if (rows.length === 0) return [await byAddressAlone(client, typed, madeUpId)];
  const people: Person[] = [];
  for (const row of rows)
    people.push(
      await aMember(
        client,
        row,
        people.map(({ memberId }) => memberId!),
      ),
    );
  return people;
}

/** @throws Stop */
function refuseMembers(members: readonly MemberRow[]): void {
  if (members.length === 0) return;
  const each = members.map(
    ({ memberId, name, organization, subject }) =>
      `${name} (${memberId}) is a member of ${organization}: npm run members -- remove ${subject}`,
  );
  throw new Stop(
    `${each.join('\n')}\nOnly a removed member can be forgotten. If somebody else has the address now, pass the id of the member you mean.`,
  );
}

/** @param others members forgotten before this one, who share nothing with them by then */
async function aMember(client: Client, row: MemberRow, others: readonly string[]): Promise<Person> {
  const { memberId, subject } = row;
  const { rows: known } = await client.query<{ name: string | null; email: string | null }>(
    `select $2::text as name, $3::text as email
     union all select applicant_name, null from accounts.applications where member_id = $1
     union all select withdrawn_by_name, null from accounts.applications where withdrawn_by = $1
     union all select member_name, null from accounts.decisions where member_id = $1
     union all select name, email from notifications.deliveries where member_id = $1
     union all select state ->> 'name', state ->> 'email'
       from accounts.audit, lateral (values (details -> 'before'), (details -> 'after')) as of (state)
       where action in ('member.saved', 'member.moved_away') and state ->> 'memberId' = $1::text`,
    [memberId, row.name, row.email],
  );
  const pseudonym = pseudonymOf(memberId);
  const names = distinct(known.map(({ name }) => name)).filter((name) => name !== pseudonym.name);
  const addresses = distinct(known.map(({ email }) => email)).filter((email) => !isPseudonymous({ email }));
  const { rows: sharing } = await client.query<{ name: string; email: string }>(
    `select name, lower(trim(email)) as email from accounts.members
     where member_id <> all($1::uuid[]) and (lower(name) = any($2) or lower(trim(email)) = any($3))`,
    [[memberId, ...others], names.map((name) => name.toLowerCase()), addresses.map(keyOf)],
  );
  const isShared = (name: string) => sharing.some((other) => other.name.toLowerCase() === name.toLowerCase());
  const sharedAddresses = distinct(sharing.map(({ email }) => email)).filter((key) =>
    addresses.map(keyOf).includes(key),
  );
  await refuseInUse(
    client,
    addresses.map(keyOf).filter((key) => !sharedAddresses.includes(key)),
  );
  return {
    ...{ memberId, names, sharedNames: names.filter(isShared), addresses, sharedAddresses },
    subject: subject === pseudonym.subject ? null : subject,
    pseudonym,
  };
}

async function byAddressAlone(client: Client, address: string, madeUpId: string): Promise<Person> {
  const { rows } = await client.query<{ memberId: string }>(
    `select distinct member_id as "memberId" from notifications.deliveries
     where lower(trim(email)) = $1 and member_id is not null`,
    [keyOf(address)],
  );
  if (rows.length > 0)
    throw new Stop(
      `It was the address of ${rows.map(({ memberId }) => `the member ${memberId}`).join(' and ')}, who has another one now: pass their id instead.`,
    );
  await refuseInUse(client, [keyOf(address)]);
  return {
    ...{ memberId: null, names: [], sharedNames: [], addresses: [address], sharedAddresses: [], subject: null },
    pseudonym: pseudonymOf(madeUpId),
  };
}

/** Otherwise what is still sent to this address would reach nobody. @throws Stop */
async function refuseInUse(client: Client, keys: readonly string[]): Promise<void> {
  const { rows: organizations } = await client.query<{ name: string }>(
    'select name from accounts.organizations where lower(trim(fallback_email)) = any($1) order by name',
    [keys],
  );
  const { rows: extra } = await client.query<{ accountId: string; name: string }>(
    `select a.account_id as "accountId", a.account_name as name
     from accounts.extra_addresses e join accounts.accounts a using (account_id)
     where exists (select from jsonb_array_elements(e.addresses) told where lower(trim(told ->> 'email')) = any($1))
     order by 2`,
    [keys],
  );
  const { rows: senders } = await client.query<{ domain: string }>(
    'select domain from notifications.email_domains where lower(sender) = any($1) order by domain',
    [keys],
  );
  const uses = [
    ...organizations.map(
      ({ name }) => `It is the fallback address of ${name}: a SuperAdmin can change or remove it in the settings.`,
    ),
    ...extra
      .slice(0, 20)
      .map(
        ({ accountId, name }) =>
          `It is an extra address of the account ${name} (${accountId}): a SuperAdmin can remove it there.`,
      ),
    ...(extra.length > 20 ? [`It is an extra address of ${counted(extra.length - 20, 'more account')}.`] : []),
    ...senders.map(
      ({ domain }) =>
        `It is the sender of e-mails from ${domain}: a SuperAdmin can choose another sender for that domain.`,
    ),
  ];
  if (uses.length > 0) throw new Stop(`Their address is in use, so nothing was changed:\n  ${uses.join('\n  ')}`);
}

function distinct(all: readonly (string | null)[]): string[] {
  return [...new Set(all.filter((one) => one !== null && one !== ''))] as string[];
}
