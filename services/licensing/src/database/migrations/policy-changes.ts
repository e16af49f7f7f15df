import { Migration } from '@mikro-orm/migrations';

const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;

/** Organizations' own policies, and the changes that move their subscriptions from one version to the next. */
export class PolicyChanges extends Migration {
  override up(): void {
    // A change goes through an organization's subscriptions in the order of their ids.
    this.addSql(
      'create index subscriptions_organization_id_index on licensing.subscriptions (organization_id, account_id)',
    );
    this.addSql(`alter table licensing.subscriptions add column past_when_applied text[] not null default '{}'`);
    // Only renewed terms store their own policy: so far, the subscription's policy planned every term.
    this.addSql('alter table licensing.terms add column policy_id uuid, add column past_when_applied text[]');

    this.addSql(`
      create table licensing.policy_changes (
        organization_id uuid not null,
        version int not null,
        policy_id uuid not null,
        state text not null,
        total int not null,
        looked_at int not null,
        moved int not null,
        batches int not null,
        last_account_id uuid,
        requested_by uuid not null,
        requested_at timestamptz(3) not null,
        idempotency_key text not null,
        replaces int not null,
        ended_at timestamptz(3),
        primary key (organization_id, version),
        constraint policy_changes_key_unique unique (organization_id, requested_by, idempotency_key),
        constraint policy_change_state check (state in ('applying', 'stopped', 'applied', 'superseded')),
        constraint policy_change_ended check ((state in ('applied', 'superseded')) = (ended_at is not null))
      )`);
    this.addSql(
      `create index policy_changes_unfinished_index on licensing.policy_changes (organization_id, version)
         where ended_at is null`,
    );
    this.addSql('alter table licensing.policy_changes enable row level security');
    this.addSql('alter table licensing.policy_changes force row level security');
    this.addSql('create policy service on licensing.policy_changes to licensing using (true) with check (true)');
    this.addSql(
      `create policy own_organization on licensing.policy_changes to licensing_member using (${own}) with check (${own})`,
    );
    this.addSql('grant select, insert, update on licensing.policy_changes to licensing');
    this.addSql('grant select, insert, update (state, ended_at) on licensing.policy_changes to licensing_member');

    // A SuperAdmin adds versions; nobody changes an existing one.
    this.addSql(
      `create policy own_organization on licensing.reminder_policies for insert to licensing_member with check (${own})`,
    );
    this.addSql('grant insert on licensing.reminder_policies to licensing_member');
  }
}
