import { Migration } from '@mikro-orm/migrations';

/**
 * Each letter with which many names begin gets its own partition, so that rows that are read together are stored
 * together. The indexes by expiry and by name include the names, so that an ordered scan does not read rows.
 */
export class SearchByLetter extends Migration {
  override up(): void {
    for (const sql of [before, ...parts, filled, ...rights, textIndexes, orderIndexes]) this.addSql(sql);
  }
}

/** Row-level security also applies to the owner, who runs the migration and has no policy. */
const before = `
alter table accounts.searched_now no force row level security;
create table accounts.searched_before as select * from accounts.searched_now;
drop index accounts.searched_by_account, accounts.searched_by_text, accounts.searched_now_by_expiry;
drop table accounts.searched_from_a, accounts.searched_from_b, accounts.searched_from_d, accounts.searched_from_g,
  accounts.searched_from_j, accounts.searched_from_n, accounts.searched_from_q, accounts.searched_from_t;
`;

/** Letters that are missing here share the partition of the letter before them. */
const letters = [...'abcdefghilmnprst'];
const parts = letters.map((letter, index) => {
  const [from, next] = [index === 0 ? 'minvalue' : `'${letter}'`, letters[index + 1]];
  const to = next === undefined ? 'maxvalue' : `'${next}'`;
  return `create table accounts.searched_from_${letter} partition of accounts.searched_now for values from (${from}) to (${to})`;
});

const filled = `
insert into accounts.searched_now select * from accounts.searched_before;
drop table accounts.searched_before;
alter table accounts.searched_now force row level security;
`;

/** A query that names a partition directly gets no rows. */
const rights = letters.map(
  (letter) => `
alter table accounts.searched_from_${letter} enable row level security;
alter table accounts.searched_from_${letter} force row level security;
`,
);

/** Without `fastupdate`, since each search would have to scan its pending list. */
const textIndexes = `
create index searched_by_account on accounts.searched (account_id);
create index searched_by_text on accounts.searched
  using gin (organization_id, license, names accounts.gin_trgm_ops) with (fastupdate = off);
create index searched_now_by_expiry on accounts.searched_now (expires_at);
`;

const orderIndexes = `
drop index accounts.accounts_by_expiry, accounts.all_accounts_by_expiry, accounts.accounts_by_name,
  accounts.all_accounts_by_name;
create index accounts_by_expiry on accounts.accounts (organization_id, expires_at, account_id)
  include (valid_until, expires_on, time_zone, clock_ahead_seconds, license, names) where created_at is not null;
create index all_accounts_by_expiry on accounts.accounts (expires_at, account_id)
  include (valid_until, expires_on, time_zone, clock_ahead_seconds, license, names) where created_at is not null;
create index accounts_by_name on accounts.accounts (organization_id, name_key, account_id)
  include (expires_at, valid_until, license, names) where created_at is not null;
create index all_accounts_by_name on accounts.accounts (name_key, account_id)
  include (expires_at, valid_until, license, names) where created_at is not null;
`;
