import { Migration } from '@mikro-orm/migrations';

/**
 * Organizations are sorted and searched by a stored name, like accounts. Folding all their names for each page took ten
 * times as long as the rest. A trigger sets it also for the previous version; a generated column would rewrite the
 * table, which statements that wait for that find empty.
 */
export class FindOrganizations extends Migration {
  override up(): void {
    for (const sql of [trigger, filled, index]) this.addSql(sql);
  }
}

const trigger = `
alter table accounts.organizations add column folded_name text;
create function accounts.fold_organization() returns trigger language plpgsql as $$ begin
  new.folded_name := accounts.folded(new.name);
  return new;
end $$;
create trigger fold_organization before insert or update of name on accounts.organizations
for each row execute function accounts.fold_organization();
`;

/** Row-level security also applies to the owner, who runs the migration and has no policy. */
const filled = `
alter table accounts.organizations no force row level security;
update accounts.organizations set name = name;
alter table accounts.organizations force row level security;
`;

const index = 'create index organizations_by_name on accounts.organizations (folded_name, organization_id)';
