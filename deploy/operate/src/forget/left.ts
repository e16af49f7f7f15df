import { escapeIdentifier, type Client } from 'pg';
import { until } from '@tenure/platform/command/until';
import { figure } from '@tenure/platform/command/figures';
import { asHtml, keyOf, literally, type Person } from './replace.js';

/** Where a text was found: records such as `application 0199…`, each with its columns. */
export type Left = Map<string, string[]>;

interface Column {
  schema: string;
  table: string;
  column: string;
  hasText: boolean;
}

const schemas = ['accounts', 'licensing', 'notifications'];

/** The columns by which a reader can find a row, the most useful first. */
const finders = ['application', 'account', 'notice', 'delivery', 'dispatch', 'member', 'organization'];

/**
 * Searches every column that can hold text: text or JSON columns from PostgreSQL's own catalog, so that none is
 * forgotten. Ignores case, and matches whole words only: not within a longer address or word.
 */
export async function whereIs(client: Client, texts: readonly string[]): Promise<Left> {
  const found: Left = new Map();
  if (texts.length === 0) return found;
  const { rows: columns } = await client.query<Column>(
    `select n.nspname as schema, c.relname as table, a.attname as column,
       t.typcategory = 'S' or t.typname in ('json', 'jsonb') or e.typcategory = 'S' as "hasText"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem
     where n.nspname = any($1) and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
     order by 1, 2, a.attnum`,
    [schemas],
  );
  const pattern = patternOf(texts);
  for (const [table, all] of Map.groupBy(columns, ({ schema, table: name }) => `${schema}.${name}`)) {
    const telling = finders.filter((name) => all.some(({ column }) => column === `${name}_id`));
    const about = [...telling.map((name) => `'${name} ' || ${name}_id`), `'row ' || ctid`].join(', ');
    const texted = all.filter(({ hasText }) => hasText);
    const says = texted.map(({ column }) => `coalesce(${escapeIdentifier(column)}::text ~* $1, false)`);
    if (says.length === 0) continue;
    const { rows } = await client.query<{ about: string; says: boolean[] }>(
      `select coalesce(${about}) as about, array[${says.join(', ')}] as says from ${table} where ${says.join(' or ')}`,
      [pattern],
    );
    for (const row of rows) {
      const known = found.get(row.about) ?? [];
      const saying = texted.filter((_, index) => row.says[index]).map(({ column }) => `${table}.${column}`);
      found.set(row.about, [...new Set([...known, ...saying])]);
    }
  }
  return found;
}

/** Formats the first records, each with its columns. */
export function linesOf(found: Left): string[] {
  const lines = [...found].map(([about, columns]) => `  ${about}: ${columns.join(', ')}`).toSorted();
  const more = lines.length - mostListed;
  return more <= 0 ? lines : [...lines.slice(0, mostListed), `  and ${figure(more)} more`];
}
const mostListed = 50;

/** Waits until events recorded before now are sent: within a second if their service runs, otherwise up to a minute. */
export async function untilSent(client: Client): Promise<void> {
  const waiting = async () => {
    const { rows } = await client.query<{ count: number }>(
      `select (select count(*) from accounts.outbox where recorded_at <= $1)
         + (select count(*) from notifications.outbox where recorded_at <= $1) as count`,
      [since],
    );
    return Number(rows[0]!.count);
  };
  const { rows } = await client.query<{ now: string }>('select now()::text as now');
  const since = rows[0]!.now;
  await until(waiting, (count) => count === 0, { seconds: 60 });
}

/** Texts that identify a person, wherever they appear; a text that another member shares does not. */
export function identifying({ addresses, sharedAddresses, subject }: Person): string[] {
  const own = addresses.filter((address) => !sharedAddresses.includes(keyOf(address)));
  return [...own.map((address) => address.trim()), ...(subject === null ? [] : [subject])];
}

/** A PostgreSQL pattern that also covers the JSON and HTML spellings. */
function patternOf(texts: readonly string[]): string {
  const written = texts.flatMap((text) => [text, JSON.stringify(text).slice(1, -1), asHtml(text)]);
  const either = [...new Set(written)].map(literally).join('|');
  return String.raw`(?<![[:alnum:]._%+-])(?:${either})(?![[:alnum:]-]|\.[[:alnum:]])`;
}
