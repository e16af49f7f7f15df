import type { AnswerOf, AskOf, checkAccounts, exportAccounts } from '@tenure/contracts';
import { writeAddresses } from './extra-addresses.js';

/** The columns of an accounts file, in the order in which they are written. */
export const columns = [
  'organization',
  'account_id',
  'key',
  'account_name',
  'customer_name',
  'license',
  'datapoints',
  'rtc_lines',
  'sector',
  'country',
  'time_zone',
  'anchor',
  'months_before',
  'months',
  'expires_on',
  'email_domain',
  'comment',
  'extra_addresses',
] as const;
export type Column = (typeof columns)[number];
export type Cells = Readonly<Partial<Record<Column, string>>>;

export const needed: readonly Column[] = [
  'organization',
  'account_name',
  'customer_name',
  'license',
  'datapoints',
  'sector',
];
/** The additional columns of a rejects file. */
export const ignored: readonly string[] = ['line', 'reasons'];

export type AccountRow = AskOf<typeof checkAccounts>['accounts'][number];
export type ExportedAccount = AnswerOf<typeof exportAccounts>['items'][number];

/** The error of a field, with the address that it concerns if the cell holds several. */
export function reasonOf(
  path: string,
  message: string,
  { extraAddresses = [] }: Pick<AccountRow, 'extraAddresses'>,
): string {
  const [, place] = /^extraAddresses\.(\d+)\./.exec(path) ?? [];
  return place === undefined ? message : `${extraAddresses[Number(place)]?.email}: ${message}`;
}

/** The column of a refused field of the message. */
export function columnOf(path: string): Column {
  const names = path.split('.').map((field) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  return columns.find((column) => names.includes(column)) ?? 'organization';
}

/** An account as a line of the file. @param organization its name, or its id if the name is not unique */
export function cellsOf(account: ExportedAccount, organization: string): Record<Column, string> {
  const { accountId, accountName, customerName, license, datapoints, rtcLines, sector, country, timeZone } = account;
  const { term, expiresOn, emailDomain, comment, extraAddresses } = account;
  return {
    organization,
    account_id: accountId,
    key: '',
    account_name: accountName,
    customer_name: customerName,
    license,
    datapoints: String(datapoints),
    rtc_lines: String(rtcLines),
    sector,
    country: country ?? '',
    time_zone: timeZone ?? '',
    anchor: term.anchor,
    months_before: String(term.monthsBefore),
    months: String(term.months),
    expires_on: expiresOn,
    email_domain: emailDomain ?? '',
    comment,
    extra_addresses: writeAddresses(extraAddresses),
  };
}
