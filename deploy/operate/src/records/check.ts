import { checkAccounts, mostImported, partsOf, type Client, type JudgedAccount } from '@tenure/contracts';
import { counted } from '@tenure/platform/command/figures';
import type { Organizations } from '../members/everybody.js';
import { answered } from '../asking/answered.js';
import { columnOf, reasonOf, type AccountRow, type Column } from './columns.js';
import type { Line } from './read-file.js';
import { readRow } from './read-row.js';

export interface Reject {
  line: number;
  column: Column;
  value: string;
  reason: string;
}
export interface Accepted {
  line: Line;
  account: AccountRow;
  judged: JudgedAccount;
}

/** The result of checking a whole file. */
export interface Checked {
  created: Accepted[];
  there: Accepted[];
  /** One per wrong field, in the order of the lines. */
  rejects: Reject[];
}

/**
 * Checks every line and reports every error in it. Stores nothing. @param progress is called with the number of checked
 * lines
 */
export async function checkLines(
  services: Client,
  lines: readonly Line[],
  organizations: Organizations,
  progress: (checked: number) => void,
): Promise<Checked> {
  const { read, unread } = readLines(lines, organizations);
  const judged: Accepted[] = [];
  for (const batch of partsOf(read, mostImported)) {
    const accounts = batch.map(({ account }) => account);
    const { items } = await answered(() => services.ask(checkAccounts, { accounts }, { timeout: 30_000 }));
    judged.push(...batch.map((row, at) => ({ ...row, judged: items[at]! })));
    progress(lines.length - read.length + judged.length);
  }
  const rejects = [...unread, ...judged.flatMap(rejectsOf), ...namedTwice(judged)];
  const wrong = new Set(rejects.map(({ line }) => line));
  const good = judged.filter(({ line }) => !wrong.has(line.line));
  return {
    created: good.filter(({ judged: { state } }) => state === 'new'),
    there: good.filter(({ judged: { state } }) => state === 'there'),
    rejects: rejects.sort((a, b) => a.line - b.line),
  };
}

export function rejectsOf({ line, account, judged }: Accepted): Reject[] {
  return judged.refusals.map(({ path, message }) => reject(line, columnOf(path), reasonOf(path, message, account)));
}

function readLines(lines: readonly Line[], organizations: Organizations) {
  const unread: Reject[] = [];
  const read: Omit<Accepted, 'judged'>[] = [];
  const seen = new Map<string, number>();
  for (const line of lines) {
    if (line.fields !== undefined) {
      const { found, expected } = line.fields;
      unread.push(
        reject(line, 'organization', `The line has ${counted(found, 'field')}, but the first line names ${expected}.`),
      );
      continue;
    }
    const row = readRow(line.cells, organizations);
    if ('wrong' in row) {
      unread.push(...row.wrong.map(({ column, reason }) => reject(line, column, reason)));
      continue;
    }
    const { accountId } = row.account;
    const first = seen.get(accountId);
    if (first === undefined) {
      seen.set(accountId, line.line);
      read.push({ line, account: row.account });
    } else unread.push(reject(line, idColumnOf(line), `The same account is on line ${first}.`));
  }
  return { read, unread };
}

/** Rejects the later of two new accounts whose names count as the same; existing accounts keep theirs. */
function namedTwice(judged: readonly Accepted[]): Reject[] {
  const seen = new Map<string, number>();
  return judged.flatMap(({ line, account: { organizationId }, judged: { nameKey, state } }) => {
    if (state !== 'new') return [];
    const name = `${organizationId} ${nameKey}`;
    const first = seen.get(name);
    if (first !== undefined) return [reject(line, 'account_name', `The same name is on line ${first}.`)];
    seen.set(name, line.line);
    return [];
  });
}

function idColumnOf({ cells }: Line): Column {
  return (['account_id', 'key'] as const).find((column) => cells[column] !== undefined) ?? 'account_name';
}

function reject({ line, cells }: Line, column: Column, reason: string): Reject {
  return { line, column, value: cells[column] ?? '', reason };
}
