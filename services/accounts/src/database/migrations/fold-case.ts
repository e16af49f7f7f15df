import { Migration } from '@mikro-orm/migrations';

/**
 * Names are searched ignoring case in full, as they are compared: "straße" finds "STRASSE", and "ήλιος" finds "ΗΛΙΟΣ".
 * With `lower`, ß and the two small sigmas only found themselves.
 */
export class FoldCase extends Migration {
  override up(): void {
    for (const sql of [folded, accounts, applications]) this.addSql(sql);
  }
}

/** Grave, acute, circumflex, tilde, macron, breve, dot, diaeresis, ring, two acutes, caron, comma, cedilla and ogonek. */
const marks = '\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0326\u0327\u0328';

/** By this collation, whatever the database's own. */
const caseFolded = (text: string) => `casefold(${text} collate pg_unicode_fast)`;

const folded = `
create or replace function accounts.folded(text) returns text language sql immutable strict parallel safe
  return translate(${caseFolded('normalize($1, nfd)')}, '${marks}', '');
`;

/** Stored names that are the same as before are not written again. */
const differs = (names: string) => `${caseFolded(names)} <> ${names}`;

/** Row-level security also applies to the owner, who runs the migration and has no policy. */
const accounts = `
alter table accounts.accounts no force row level security;
alter table accounts.searched no force row level security;
update accounts.accounts set account_name = account_name where ${differs('names')};
update accounts.searched s set names = a.names
from accounts.accounts a where a.account_id = s.account_id and ${differs('s.names')};
alter table accounts.accounts force row level security;
alter table accounts.searched force row level security;
`;

const applications = `
alter table accounts.applications no force row level security;
update accounts.applications set account_name = account_name where ${differs('names')};
alter table accounts.applications force row level security;
`;
