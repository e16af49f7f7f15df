import { Migration } from '@mikro-orm/migrations';
import { outboxMigration } from '@tenure/platform/database';

const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;

/** Row-level security: the service sees every row; a member sees at most the rows of their own organization. */
function secured(table: string, members?: typeof own): string {
  return [
    `alter table licensing.${table} enable row level security`,
    `alter table licensing.${table} force row level security`,
    `create policy service on licensing.${table} to licensing using (true) with check (true)`,
    ...(members === undefined
      ? []
      : [
          `create policy own_organization on licensing.${table} to licensing_member using (${members}) with check (${members})`,
        ]),
  ].join(';\n');
}

export class First extends Migration {
  override up(): void {
    this.addSql(`
      create table licensing.licenses (
        code text primary key,
        names jsonb not null,
        rank int not null,
        features text[] not null,
        max_datapoints int not null,
        max_rtc_lines int not null
      )`);
    this.addSql(`grant select, insert, update on licensing.licenses to licensing`);
    this.addSql(`grant select on licensing.licenses to licensing_member`);

    this.addSql(`
      create table licensing.reminder_policies (
        policy_id uuid primary key,
        organization_id uuid,
        version int not null,
        offsets text[] not null,
        local_time text not null,
        constraint reminder_policies_version_unique unique (organization_id, version)
      )`);
    // Inserted before row-level security is turned on, which applies to the owner as well.
    this.addSql(`
      insert into licensing.reminder_policies (policy_id, organization_id, version, offsets, local_time)
      values ('00000000-0000-7000-8000-000000000001', null, 1, '{P1M,P7D,P0D}', '09:00')`);
    this.addSql(secured('reminder_policies'));
    this.addSql(`
      create policy own_or_default on licensing.reminder_policies for select to licensing_member
        using (organization_id is null or ${own})`);
    this.addSql(`grant select, insert on licensing.reminder_policies to licensing`);
    this.addSql(`grant select on licensing.reminder_policies to licensing_member`);

    this.addSql(`
      create table licensing.subscriptions (
        account_id uuid primary key,
        organization_id uuid not null,
        country text not null,
        time_zone text not null,
        policy_id uuid not null,
        opened_by uuid not null constraint subscriptions_opened_by_unique unique,
        opened_at timestamptz(3) not null,
        clock_ahead_seconds int not null,
        constraint clock_never_behind check (clock_ahead_seconds >= 0)
      )`);
    this.addSql(secured('subscriptions', own));
    this.addSql(`grant select, insert, update, delete on licensing.subscriptions to licensing`);
    this.addSql(`grant select, update (clock_ahead_seconds) on licensing.subscriptions to licensing_member`);

    this.addSql(`
      create table licensing.terms (
        account_id uuid not null,
        number int not null,
        organization_id uuid not null,
        time_zone text not null,
        anchor date not null,
        months_before int not null,
        months int not null,
        first_day date not null,
        expires_on date not null,
        expires_at timestamptz(3) not null,
        application_id uuid not null constraint terms_application_id_unique unique,
        decided_at timestamptz(3) not null,
        stopped_at timestamptz(3),
        expired_at timestamptz(3),
        primary key (account_id, number),
        constraint term_has_days check (first_day <= expires_on)
      )`);
    this.addSql(secured('terms', own));
    this.addSql(`grant select, insert, update, delete on licensing.terms to licensing`);
    this.addSql(`grant select on licensing.terms to licensing_member`);

    // Each allocation updates these rows. Free space on the page keeps the updates from touching an index.
    this.addSql(`
      create table licensing.entitlements (
        account_id uuid primary key,
        organization_id uuid not null,
        license text not null,
        contracted int not null,
        used int not null,
        rtc_lines int not null,
        valid_until timestamptz(3) not null,
        revision int not null,
        use_version bigint not null,
        constraint contracted_at_least_20 check (contracted >= 20),
        constraint used_within_contracted check (used >= 0 and used <= contracted)
      ) with (fillfactor = 70)`);
    this.addSql(secured('entitlements', own));
    this.addSql(`grant select, insert, update, delete on licensing.entitlements to licensing`);
    this.addSql(`grant select, update (valid_until, revision) on licensing.entitlements to licensing_member`);

    this.addSql(`
      create table licensing.allocations (
        account_id uuid not null,
        device_id text not null,
        organization_id uuid not null,
        datasource text not null,
        datapoints int not null,
        revision bigint,
        set_by text not null,
        set_at timestamptz not null,
        primary key (account_id, device_id),
        constraint datapoints_not_negative check (datapoints >= 0)
      ) with (fillfactor = 80)`);
    this.addSql(secured('allocations', own));
    this.addSql(`grant select, insert, update, delete on licensing.allocations to licensing`);
    this.addSql(`grant select on licensing.allocations to licensing_member`);

    this.addSql(`
      create table licensing.steps (
        application_id uuid primary key,
        account_id uuid not null,
        state text not null,
        answer jsonb,
        at timestamptz(3) not null,
        constraint step_state check (state in ('done', 'undone'))
      )`);
    this.addSql(secured('steps'));
    this.addSql(`grant select, insert, update on licensing.steps to licensing`);

    this.addSql(`
      create table licensing.renewals (
        application_id uuid primary key,
        account_id uuid not null,
        organization_id uuid not null,
        submitted_at timestamptz(3),
        has_ended boolean not null
      )`);
    this.addSql(`create index renewals_account_id_index on licensing.renewals (account_id)`);
    this.addSql(secured('renewals', own));
    this.addSql(`grant select, insert, update on licensing.renewals to licensing`);
    this.addSql(`grant select on licensing.renewals to licensing_member`);

    this.addSql(`
      create table licensing.audit (
        entry_id uuid primary key,
        at timestamptz not null,
        action text not null,
        organization_id uuid,
        account_id uuid,
        cause jsonb not null,
        before jsonb,
        after jsonb
      )`);
    this.addSql(`create index audit_account_id_index on licensing.audit (account_id)`);
    this.addSql(secured('audit', own));
    this.addSql(`grant select, insert on licensing.audit to licensing`);
    this.addSql(`grant insert on licensing.audit to licensing_member`);

    this.addSql(outboxMigration('licensing'));
  }
}
