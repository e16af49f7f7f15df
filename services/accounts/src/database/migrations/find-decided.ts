import { Migration } from '@mikro-orm/migrations';

/**
 * Decided applications are searched by when they were decided and by whom. Those that the previous version settles
 * while both versions run have neither column set: they are sorted by when they ended, and belong to nobody.
 */
export class FindDecided extends Migration {
  override up(): void {
    for (const sql of [columns, filled, indexes]) this.addSql(sql);
  }
}

const columns = `
alter table accounts.applications
  add column decided_at timestamptz(3),
  add column decided_by uuid;
`;

/** Row-level security also applies to the owner, who runs the migration and has no policy. */
const filled = `
alter table accounts.applications no force row level security;
alter table accounts.decisions no force row level security;
update accounts.applications a set decided_at = d.decided_at, decided_by = d.member_id
from accounts.decisions d where d.application_id = a.application_id and d.outcome = 'applied';
alter table accounts.applications force row level security;
alter table accounts.decisions force row level security;
`;

/**
 * Replace the indexes by submission time: nearly all applications are decided, so a scan in that order finds them
 * without a separate index.
 */
const indexes = `
drop index accounts.decided_applications, accounts.all_decided_applications;
create index decided_applications on accounts.applications
  (organization_id, coalesce(decided_at, ended_at, submitted_at), application_id) where status <> 'pending';
create index all_decided_applications on accounts.applications
  (coalesce(decided_at, ended_at, submitted_at), application_id) where status <> 'pending';
create index applications_by_decider on accounts.applications (decided_by) where decided_by is not null;
`;
