import type { ExtraAddress, FieldError } from '@tenure/contracts';

/** An address as it is typed. */
export interface AddressRow extends ExtraAddress {
  /** For the page to know it by while others come and go. */
  id: number;
}

export function rowsOf(addresses: readonly ExtraAddress[]): AddressRow[] {
  return addresses.map((address, id) => ({ ...address, id }));
}

export function withAnother(rows: readonly AddressRow[], language: ExtraAddress['language']): AddressRow[] {
  return [...rows, { email: '', language, id: Math.max(-1, ...rows.map(({ id }) => id)) + 1 }];
}

/** What is sent: a row in which nothing was typed is no address. */
export function addressesOf(rows: readonly AddressRow[]): ExtraAddress[] {
  return filled(rows).map(({ email, language }) => ({ email: email.trim(), language }));
}

/** What is wrong with which row, by the rows' ids: the errors name the places in what was sent. */
export function wrongRows(rows: readonly AddressRow[], errors: readonly FieldError[]): Map<number, 'double' | 'wrong'> {
  const sent = filled(rows);
  return new Map(
    errors.flatMap(({ path, code }) => {
      const [, place] = /^extraAddresses\.(\d+)\./.exec(path) ?? [];
      const row = place === undefined ? undefined : sent[Number(place)];
      return row === undefined ? [] : [[row.id, code === 'double' ? 'double' : 'wrong'] as const];
    }),
  );
}

function filled(rows: readonly AddressRow[]): AddressRow[] {
  return rows.filter(({ email }) => email.trim() !== '');
}
