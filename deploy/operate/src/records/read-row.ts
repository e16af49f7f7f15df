import { importedAccount } from '@tenure/contracts';
import { addMonths, expiresOn, type CalendarDate } from '@tenure/lifecycle';
import type { Organizations } from '../members/everybody.js';
import { counted } from '@tenure/platform/command/figures';
import { organizationsNamed } from '../members/organizations-named.js';
import { accountIdFor } from './account-id.js';
import { columnOf, reasonOf, type AccountRow, type Cells, type Column } from './columns.js';
import { readAddresses } from './extra-addresses.js';

export interface Wrong {
  column: Column;
  reason: string;
}
/** The account of a line, or all its errors. */
export type ReadRow = { account: AccountRow } | { wrong: Wrong[] };

/** Reads one line as an account; the services check what only they know. */
export function readRow(cells: Cells, organizations: Organizations): ReadRow {
  const wrong: Wrong[] = [];
  const organization = read(findOrganization(cells.organization ?? '', organizations), wrong);
  const organizationId = organization?.organizationId ?? NOBODY;
  const term = read(readTerm(cells), wrong);
  const given = {
    accountId: accountIdOf(cells, organizationId),
    organizationId,
    accountName: cells.account_name,
    customerName: cells.customer_name,
    license: cells.license,
    datapoints: figure(cells.datapoints),
    rtcLines: figure(cells.rtc_lines),
    sector: cells.sector,
    country: cells.country,
    timeZone: cells.time_zone,
    emailDomain: cells.email_domain,
    comment: cells.comment,
    extraAddresses: readAddresses(cells.extra_addresses ?? '', organization?.language ?? 'en'),
    term: term ?? { anchor: '2000-01-01', months: 12 },
  };
  const checked = importedAccount.safeParse(given);
  const named = new Set(wrong.map(({ column }) => column));
  for (const { path, message } of checked.error?.issues ?? []) {
    const field = path.join('.');
    const column = columnOf(field);
    if (!named.has(column))
      wrong.push({ column, reason: sayOf(column, reasonOf(field, message, given as AccountRow)) });
    named.add(column);
  }
  return wrong.length > 0 ? { wrong } : { account: checked.data! };
}

const NOBODY = '00000000-0000-4000-8000-000000000000';

type Read<T> = { value: T } | Wrong;

function read<T>(result: Read<T>, wrong: Wrong[]): T | undefined {
  if ('value' in result) return result.value;
  wrong.push(result);
  return undefined;
}

/** Finds an organization by its id, or by its name if that is unique. */
function findOrganization(text: string, organizations: Organizations): Read<Organizations[number]> {
  const column = 'organization';
  if (text === '') return { column, reason: "Enter the organization's name or id." };
  const byId = organizations.filter(({ organizationId }) => organizationId === text.toLowerCase());
  const found = byId.length > 0 ? byId : organizationsNamed(organizations, text);
  if (found.length === 0) return { column, reason: 'There is no such organization.' };
  if (found.length > 1) return { column, reason: 'Several organizations have this name: enter the id.' };
  return { value: found[0]! };
}

function accountIdOf({ account_id, key, account_name = '' }: Cells, organizationId: string): string {
  // Case and surrounding space do not make another account.
  return account_id?.toLowerCase() ?? accountIdFor(organizationId, key ?? account_name.trim().toLowerCase());
}

/**
 * Reads the term from the anchor, or from the last day alone, from which it calculates the anchor. If both are given,
 * they have to agree.
 */
function readTerm(cells: Cells): Read<AccountRow['term']> {
  const { anchor, expires_on: last } = cells;
  for (const [column, date] of [
    ['anchor', anchor],
    ['expires_on', last],
  ] as const)
    if (date !== undefined && !isDate(date)) return { column, reason: 'Enter a date such as 2026-11-24.' };
  if (anchor === undefined && last === undefined)
    return { column: 'expires_on', reason: 'Enter the last day, or the first one as anchor.' };
  const months = figure(cells.months ?? '12');
  const monthsBefore = figure(cells.months_before ?? '0');
  // The schema reports invalid numbers of months.
  if (!isCount(months) || !isCount(monthsBefore))
    return {
      value: { anchor: anchor ?? '2000-01-01', months: months as number, monthsBefore: monthsBefore as number },
    };
  if (anchor === undefined) return endingOn(last!, { months, monthsBefore });
  const follows = expiresOn({ number: 1, anchor, monthsBefore, months });
  if (last !== undefined && last !== follows)
    return {
      column: 'expires_on',
      reason: `${counted(monthsBefore + months, 'month')} after ${anchor} is ${follows}.`,
    };
  return { value: { anchor, monthsBefore, months } };
}

function endingOn(
  last: CalendarDate,
  { months, monthsBefore }: { months: number; monthsBefore: number },
): Read<AccountRow['term']> {
  const anchor = addMonths(last, -(months + monthsBefore));
  return addMonths(anchor, months + monthsBefore) === last
    ? { value: { anchor, monthsBefore, months } }
    : {
        column: 'anchor',
        reason: `No day is ${counted(months + monthsBefore, 'month')} before ${last}: enter anchor and months_before.`,
      };
}

function isDate(text: string): boolean {
  return (
    /^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text)
  );
}

/** A whole number, or the text, which the schema refuses. */
function figure(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : text;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value <= 1_200;
}

function sayOf(column: Column, message: string): string {
  return column === 'account_id' ? 'Enter a UUID. An id from another system belongs in the column key.' : message;
}
