import type { ExtraAddress, FieldError } from '@tenure/contracts';

/** An address as typed in the form. */
export interface AddressRow extends ExtraAddress {
  /** Identifies the row on the page while others are added and removed. */
  id: number;
}

export function rowsOf(addresses: readonly ExtraAddress[]): AddressRow[] {
  return addresses.map((address, id) => ({ ...address, id }));
}

export function withAnother(rows: readonly AddressRow[], language: ExtraAddress['language']): AddressRow[] {
  return [...rows, { email: '', language, id: Math.max(-1, ...rows.map(({ id }) => id)) + 1 }];
}

/** The addresses to send: rows left empty are dropped. */
export function addressesOf(rows: readonly AddressRow[]): ExtraAddress[] {
  return filled(rows).map(({ email, language }) => ({ email: email.trim(), language }));
}

/** Which rows are wrong and how, by row id. The errors refer to positions in the list that was sent. */
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
