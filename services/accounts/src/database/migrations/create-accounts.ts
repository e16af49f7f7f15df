import { Migration } from '@mikro-orm/migrations';
import { outboxMigration } from '@tenure/platform/database';

/** The tables, their indexes, and which roles see which rows. */
export class CreateAccounts extends Migration {
  override up(): void {
    for (const sql of [extensions, organizations, accounts, applications, records, ...rights]) this.addSql(sql);
    this.addSql(outboxMigration('accounts'));
  }
}

const extensions = `
create extension if not exists pg_trgm with schema accounts;
create extension if not exists btree_gin with schema accounts;
`;

const organizations = `
create table accounts.organizations (
  organization_id uuid primary key,
  name text not null,
  country text not null,
  time_zone text not null,
  language text not null check (language in ('en', 'es')),
  is_operator boolean not null,
  fallback_email text,
  created_at timestamptz(3) not null default now()
);
create unique index one_operator on accounts.organizations (is_operator) where is_operator;

create table accounts.members (
  member_id uuid primary key,
  organization_id uuid not null references accounts.organizations,
  issuer text not null,
  subject text not null,
  name text not null,
  email text not null,
  language text not null check (language in ('en', 'es')),
  roles text[] not null check (roles <@ array['super_admin', 'customer_success', 'customer_success_lead']),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  unique (issuer, subject)
);
create index members_of_organization on accounts.members (organization_id);

create table accounts.sectors (
  code text primary key,
  names jsonb not null
);
`;

/** The zones sort by expiry, name or datapoints left: within an organization, and across all for Customer Success. */
const accounts = `
create table accounts.accounts (
  account_id uuid primary key,
  organization_id uuid not null references accounts.organizations,
  application_id uuid not null unique,
  account_name text not null,
  name_key text not null,
  customer_name text not null,
  sector text not null,
  country text not null,
  time_zone text not null,
  email_domain text,
  comment text not null,
  clock_ahead_seconds integer not null default 0 check (clock_ahead_seconds >= 0),
  created_at timestamptz(3),
  version integer not null default 1
);
create index accounts_by_name on accounts.accounts (organization_id, name_key, account_id);
create index all_accounts_by_name on accounts.accounts (name_key, account_id);
create index accounts_by_text on accounts.accounts
  using gin (organization_id, (account_name || E'\\n' || customer_name) accounts.gin_trgm_ops);

create table accounts.contracts (
  account_id uuid primary key references accounts.accounts on delete cascade,
  organization_id uuid not null,
  license text not null,
  contracted integer not null,
  used integer not null,
  rtc_lines integer not null,
  first_day date not null,
  expires_on date not null,
  expires_at timestamptz(3) not null,
  valid_until timestamptz(3) not null,
  revision integer not null,
  use_version integer not null
);
create index contracts_by_expiry on accounts.contracts (organization_id, expires_at, account_id);
create index all_contracts_by_expiry on accounts.contracts (expires_at, account_id);
create index contracts_by_left on accounts.contracts (organization_id, (contracted - used), account_id);
create index all_contracts_by_left on accounts.contracts ((contracted - used), account_id);
`;

const applications = `
create table accounts.applications (
  application_id uuid primary key,
  organization_id uuid not null references accounts.organizations,
  member_id uuid not null references accounts.members,
  applicant_name text not null,
  idempotency_key text not null,
  type text not null check (type in ('new_account', 'change_datapoints', 'change_license', 'renew_subscription')),
  status text not null
    check (status in ('pending', 'approved', 'fulfilled', 'failed', 'rejected', 'withdrawn', 'lapsed')),
  account_id uuid not null,
  account_name text not null,
  customer_name text not null,
  asked jsonb not null,
  request jsonb not null,
  before jsonb,
  after jsonb,
  submitted_at timestamptz(3) not null,
  lapses_at timestamptz(3) not null,
  withdrawn_by uuid,
  withdrawn_by_name text,
  withdrawal_key text,
  ended_at timestamptz(3),
  failure jsonb,
  version integer not null default 1,
  check ((status in ('pending', 'approved')) = (ended_at is null)),
  check ((status = 'withdrawn') = (withdrawn_by is not null))
);
create unique index one_application_per_key on accounts.applications (organization_id, member_id, idempotency_key);
create unique index one_pending_per_type on accounts.applications (account_id, type) where status = 'pending';
create index applications_by_withdrawal on accounts.applications (withdrawn_by, withdrawal_key)
  where withdrawn_by is not null;
create index applications_of_account on accounts.applications (account_id, submitted_at, application_id);
create index applications_by_time on accounts.applications (organization_id, submitted_at, application_id);
create index all_applications_by_time on accounts.applications (submitted_at, application_id);
create index pending_applications on accounts.applications (organization_id, submitted_at, application_id)
  where status = 'pending';
create index all_pending_applications on accounts.applications (submitted_at, application_id)
  where status = 'pending';
create index applications_by_text on accounts.applications
  using gin (organization_id, (account_name || E'\\n' || customer_name) accounts.gin_trgm_ops);

create table accounts.account_names (
  organization_id uuid not null references accounts.organizations,
  name_key text not null,
  application_id uuid unique,
  account_id uuid unique,
  primary key (organization_id, name_key),
  check (num_nonnulls(application_id, account_id) = 1)
);

create table accounts.decisions (
  decision_id uuid primary key,
  application_id uuid not null references accounts.applications,
  organization_id uuid not null,
  member_id uuid not null references accounts.members,
  member_name text not null,
  idempotency_key text not null,
  verdict text not null check (verdict in ('approve', 'reject')),
  reason text,
  seen jsonb,
  decided_at timestamptz(3) not null,
  outcome text not null default 'recorded' check (outcome in ('recorded', 'applied', 'refused', 'too_late')),
  problem jsonb,
  unique (member_id, idempotency_key),
  check (verdict = 'approve' or reason is not null)
);
create index decisions_of_application on accounts.decisions (application_id, decided_at);
create unique index one_applied_decision on accounts.decisions (application_id) where outcome = 'applied';
`;

const records = `
create table accounts.undone_steps (
  application_id uuid not null,
  step text not null,
  undone_at timestamptz(3) not null default now(),
  primary key (application_id, step)
);

create table accounts.audit (
  entry_id uuid primary key,
  at timestamptz(3) not null default now(),
  organization_id uuid not null,
  member_id uuid,
  action text not null,
  account_id uuid,
  application_id uuid,
  details jsonb not null
);
create index audit_by_time on accounts.audit (organization_id, at);
create index audit_of_account on accounts.audit (account_id, at);
create index audit_of_application on accounts.audit (application_id, at);
`;

const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;

/** What the service and a member's transaction may do with a table; row-level security limits them to certain rows. */
function allow(
  table: string,
  { service, member, rows = own }: { service: string; member?: string; rows?: string },
): string {
  return `
alter table accounts.${table} enable row level security;
alter table accounts.${table} force row level security;
create policy service on accounts.${table} to accounts using (true) with check (true);
grant ${service} on accounts.${table} to accounts;
${
  member === undefined
    ? ''
    : `create policy own_organization on accounts.${table} to accounts_member using (${rows}) with check (${rows});
grant ${member} on accounts.${table} to accounts_member;
`
}`;
}

const rights = [
  'grant usage on schema accounts to accounts, accounts_member',
  allow('organizations', { service: 'select, insert, update', member: 'select' }),
  allow('members', { service: 'select, insert, update', member: 'select' }),
  allow('sectors', { service: 'select, insert, update', member: 'select', rows: 'true' }),
  allow('account_names', { service: 'select, insert, update, delete', member: 'select, insert, delete' }),
  allow('accounts', {
    service: 'select, insert, update, delete',
    member: 'select, update (clock_ahead_seconds, version)',
  }),
  allow('contracts', {
    service: 'select, insert, update, delete',
    member: 'select, update (expires_at, valid_until)',
  }),
  allow('applications', { service: 'select, insert, update', member: 'select, insert, update' }),
  allow('decisions', { service: 'select, insert, update', member: 'select' }),
  allow('undone_steps', { service: 'select, insert' }),
  allow('audit', { service: 'select, insert', member: 'insert' }),
];
