import type { ExtraAddress, FieldError } from '@tenure/contracts';

/** An address as typed in the form. */
export interface AddressRow extends ExtraAddress {
  /** Identifies the row on the page while others are added and removed. */
  id: number;
}

export function rowsOf(addresses: readonly ExtraAddress[]): AddressRow[] {
  return addresses.map((address, id) => ({ ...address, id }));
}

export function withAnother(rows: readonly AddressRow[], language: ExtraAddress['language'], email = ''): AddressRow[] {
  return [...rows, { email, language, id: Math.max(-1, ...rows.map(({ id }) => id)) + 1 }];
}

/** The addresses in a pasted text such as `Ana Ruiz <ana@customer.example>; office@customer.example`, without names. */
export function addressesIn(text: string): string[] {
  return text.split(/[\s,;<>()"]+/).filter((word) => word.includes('@'));
}

/** The first of the addresses in an empty row, and the others in new rows. */
export function withPasted(rows: readonly AddressRow[], index: number, [first, ...others]: string[]): AddressRow[] {
  const row = rows[index]!;
  return others.reduce(
    (all, email) => withAnother(all, row.language, email),
    rows.with(index, { ...row, email: first! }),
  );
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
