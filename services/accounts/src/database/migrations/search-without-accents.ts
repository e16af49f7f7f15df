import { Migration } from '@mikro-orm/migrations';

/** Names are searched without accents: "bahia" finds "Bahía", and the other way round. */
export class SearchWithoutAccents extends Migration {
  override up(): void {
    for (const sql of [folded, accounts, applications]) this.addSql(sql);
  }
}

/** Grave, acute, circumflex, tilde, macron, breve, dot, diaeresis, ring, two acutes, caron, comma, cedilla and ogonek. */
const marks = '\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0326\u0327\u0328';

const folded = `
create function accounts.folded(text) returns text language sql immutable strict parallel safe
  return translate(lower(normalize($1, nfd)), '${marks}', '');
`;

/** Row-level security also applies to the owner, who runs the migration and has no policy. */
const accounts = `
alter table accounts.accounts no force row level security;
alter table accounts.searched no force row level security;
alter table accounts.accounts
  alter column names set expression as (accounts.folded(account_name || E'\\n' || customer_name));
update accounts.searched s set names = a.names
from accounts.accounts a where a.account_id = s.account_id and a.names <> s.names;
alter table accounts.accounts force row level security;
alter table accounts.searched force row level security;
`;

/** Also stored, because a text search reads thousands of them in an ordered scan. */
const applications = `
drop index accounts.applications_by_text;
alter table accounts.applications
  add column names text generated always as (accounts.folded(account_name || E'\\n' || customer_name)) stored;
create index applications_by_text on accounts.applications using gin (organization_id, names accounts.gin_trgm_ops);
`;
