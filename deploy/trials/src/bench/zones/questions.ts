import { largeOrganization, smallOrganization } from './fill.js';

/** A query through the API, and hand-written SQL that reads the same rows from an index. */
export interface Question {
  name: string;
  path: 'accounts' | 'applications';
  query: Record<string, string>;
  /** Reads a page that is many pages of 200 away from the first. */
  deep?: boolean;
  bare: { sql: string; parameters: unknown[] };
}

export interface Looker {
  name: string;
  signIn: string;
  questions: readonly Question[];
}

const sorts = {
  expires_on: { key: 'a.expires_at', id: 'a.account_id' },
  left: { key: '(c.contracted - c.used)', id: 'c.account_id' },
  account_name: { key: 'a.name_key', id: 'a.account_id' },
};

/** The people: a SuperAdmin of the large organization, one of a small one, and Customer Success. */
export const lookers: readonly Looker[] = [
  {
    name: 'SuperAdmin, half a million accounts',
    signIn: 'sofia@solar-partner.example',
    questions: [
      ...zones(largeOrganization),
      ...deepPages(largeOrganization),
      ...searches(largeOrganization),
      ...filters(largeOrganization),
    ],
  },
  {
    name: 'SuperAdmin, five hundred accounts',
    signIn: 'grace@grid-partner.example',
    questions: [...zones(smallOrganization), ...searches(smallOrganization), ...filters(smallOrganization)],
  },
  {
    name: 'Customer Success, a million accounts',
    signIn: 'clara@platform.example',
    questions: [
      ...zones(),
      ...deepPages(),
      ...searches(),
      ...filters(),
      accounts('of one organization', { organizationId: smallOrganization }, { organization: smallOrganization }),
      ...queue(),
    ],
  },
];

interface Bare {
  organization?: string | undefined;
  sort?: keyof typeof sorts;
  descending?: boolean;
  where?: string;
  /** The text to search for in the names. */
  text?: string;
}

function accounts(name: string, query: Record<string, string>, bare: Bare, deep = false): Question {
  const isExpired = query.zone === 'expired';
  const {
    organization,
    sort = 'expires_on',
    descending = isExpired && sort === 'expires_on',
    where = 'true',
    text,
  } = bare;
  const { key, id } = sorts[sort];
  const order = descending ? 'desc' : 'asc';
  const parameters = [organization, text && `%${withoutAccents(text)}%`].filter((value) => value !== undefined);
  const conditions = [
    'a.created_at is not null',
    isExpired ? 'a.valid_until <= now()' : 'a.valid_until > now()',
    isExpired ? 'a.expires_at <= now()' : `a.expires_at > now() - interval '16 days'`,
    where,
    ...(organization === undefined ? [] : [`${sort === 'left' ? 'c' : 'a'}.organization_id = $1`]),
    ...(text === undefined ? [] : [`a.names like $${parameters.length}`]),
  ];
  return {
    name,
    path: 'accounts',
    query,
    deep,
    bare: {
      sql: `select a.*, c.* from accounts.accounts a join accounts.contracts c using (account_id)
        where ${conditions.join(' and ')} order by ${key} ${order}, ${id} ${order} limit 51`,
      parameters,
    },
  };
}

/** Normalizes text as the searchable names are. */
function withoutAccents(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '');
}

function zones(organization?: string): Question[] {
  return [
    accounts('active, expires soonest', {}, { organization }),
    accounts('active, expires latest', { order: 'desc' }, { organization, descending: true }),
    accounts('active, by name', { sort: 'account_name' }, { organization, sort: 'account_name' }),
    accounts('active, by datapoints left', { sort: 'left' }, { organization, sort: 'left' }),
    accounts('expired, latest', { zone: 'expired' }, { organization }),
    accounts('expired, by name', { zone: 'expired', sort: 'account_name' }, { organization, sort: 'account_name' }),
    accounts('expired, by datapoints left', { zone: 'expired', sort: 'left' }, { organization, sort: 'left' }),
  ];
}

function deepPages(organization?: string): Question[] {
  return [
    accounts('active, expires soonest, deep', {}, { organization }, true),
    accounts('active, by name, deep', { sort: 'account_name' }, { organization, sort: 'account_name' }, true),
    accounts('active, by datapoints left, deep', { sort: 'left' }, { organization, sort: 'left' }, true),
    accounts('expired, latest, deep', { zone: 'expired' }, { organization }, true),
  ];
}

function searches(organization?: string): Question[] {
  return [
    ...['hotel', 'almería', 'el faro, lugo', 'teatro goya, vigo 9', 'zzyzx', 'ξενοδοχείο'].map((text) =>
      accounts(`active, "${text}"`, { text }, { organization, text }),
    ),
    accounts(
      'active, "hotel", by name',
      { text: 'hotel', sort: 'account_name' },
      { organization, text: 'hotel', sort: 'account_name' },
    ),
    accounts('expired, "almería"', { zone: 'expired', text: 'almería' }, { organization, text: 'almería' }),
    accounts('expired, "hotel"', { zone: 'expired', text: 'hotel' }, { organization, text: 'hotel' }),
    accounts(
      'active, "hotel", professional',
      { text: 'hotel', license: 'professional' },
      { organization, text: 'hotel', where: `a.license = 'professional'` },
    ),
  ];
}

function filters(organization?: string): Question[] {
  const within = (days: number) =>
    `a.expires_on - current_date <= ${days} and a.expires_at < now() + interval '${days + 3} days'`;
  const pending = 'a.pending > 0';
  return [
    accounts(
      'active, professional',
      { license: 'professional' },
      { organization, where: `a.license = 'professional'` },
    ),
    accounts(
      'active, enterprise (none)',
      { license: 'enterprise' },
      { organization, where: `a.license = 'enterprise'` },
    ),
    accounts(
      'active, professional, by name',
      { license: 'professional', sort: 'account_name' },
      { organization, where: `a.license = 'professional'`, sort: 'account_name' },
    ),
    accounts(
      'active, enterprise (none), by left',
      { license: 'enterprise', sort: 'left' },
      { organization, where: `a.license = 'enterprise'`, sort: 'left' },
    ),
    accounts('active, expires within 7 days', { expiresWithinDays: '7' }, { organization, where: within(7) }),
    accounts('active, expires within 30 days', { expiresWithinDays: '30' }, { organization, where: within(30) }),
    accounts(
      'active, within 7 days, by name',
      { expiresWithinDays: '7', sort: 'account_name' },
      { organization, where: within(7), sort: 'account_name' },
    ),
    accounts('active, pending', { pending: 'true' }, { organization, where: pending }),
    accounts(
      'active, pending, by left',
      { pending: 'true', sort: 'left' },
      { organization, where: pending, sort: 'left' },
    ),
    accounts('expired, pending', { zone: 'expired', pending: 'true' }, { organization, where: pending }),
    accounts(
      'expired, enterprise (none)',
      { zone: 'expired', license: 'enterprise' },
      { organization, where: `a.license = 'enterprise'` },
    ),
    accounts(
      'active, professional, within 7, pending',
      { license: 'professional', expiresWithinDays: '7', pending: 'true' },
      { organization, where: `a.license = 'professional' and ${within(7)} and ${pending}` },
    ),
  ];
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 24 * 60 * 60_000).toISOString().slice(0, 10);
}

/** Queries sorted by the time of the decision. */
function decided(names: string): Question[] {
  const sort = 'decided_at';
  const where = `status <> 'pending'`;
  return [
    applications('decided, latest decided first', { sort }, where),
    applications('decided, latest decided first, deep', { sort }, where, [], true),
    applications(
      'decided, in one week',
      { sort, decidedFrom: daysAgo(107), decidedTo: daysAgo(101) },
      `${where} and coalesce(decided_at, ended_at, submitted_at) between '${daysAgo(107)}' and '${daysAgo(100)}'`,
    ),
    applications('decided, latest rejected', { sort, status: 'rejected' }, `${where} and status = 'rejected'`),
    applications('decided, latest failed (none)', { sort, status: 'failed' }, `${where} and status = 'failed'`),
    applications('decided, latest of "hotel"', { sort, text: 'hotel' }, `${where} and ${names}`, ['%hotel%']),
  ];
}

function applications(
  name: string,
  query: Record<string, string>,
  where: string,
  parameters: unknown[] = [],
  deep = false,
): Question {
  const order = query.status === 'pending' ? 'asc' : 'desc';
  const key = query.sort === 'decided_at' ? 'coalesce(decided_at, ended_at, submitted_at)' : 'submitted_at';
  return {
    name,
    path: 'applications',
    query,
    deep,
    bare: {
      sql: `select * from accounts.applications where ${where}
        order by ${key} ${order}, application_id ${order} limit 51`,
      parameters,
    },
  };
}

function queue(): Question[] {
  const pending = `status = 'pending'`;
  const names = 'names like $1';
  return [
    applications('queue, oldest first', { status: 'pending' }, pending),
    applications('queue, overdue', { overdue: 'true' }, `${pending} and submitted_at <= now() - interval '2 days'`),
    applications('queue, oldest first, deep', { status: 'pending' }, pending, [], true),
    applications(
      'queue, of a type',
      { status: 'pending', type: 'change_license' },
      `${pending} and type = 'change_license'`,
    ),
    applications(
      'queue, new accounts (none)',
      { status: 'pending', type: 'new_account' },
      `${pending} and type = 'new_account'`,
    ),
    applications(
      'queue, of an organization',
      { status: 'pending', organizationId: smallOrganization },
      `${pending} and organization_id = $1`,
      [smallOrganization],
    ),
    applications('queue, "hotel"', { status: 'pending', text: 'hotel' }, `${pending} and ${names}`, ['%hotel%']),
    applications('queue, "zzyzx"', { status: 'pending', text: 'zzyzx' }, `${pending} and ${names}`, ['%zzyzx%']),
    applications('decided, newest first', { status: 'decided' }, `status <> 'pending'`),
    applications(
      'decided, new accounts (none)',
      { status: 'decided', type: 'new_account' },
      `status <> 'pending' and type = 'new_account'`,
    ),
    applications(
      'decided, "el faro, lugo"',
      { status: 'decided', text: 'el faro, lugo' },
      `status <> 'pending' and ${names}`,
      ['%el faro, lugo%'],
    ),
    ...decided(names),
    applications('rejected', { status: 'rejected' }, `status = 'rejected'`),
    applications('failed (none)', { status: 'failed' }, `status = 'failed'`),
    applications('all, newest first', {}, 'true'),
  ];
}
