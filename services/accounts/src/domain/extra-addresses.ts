import type { ExtraAddress, FieldError } from '@tenure/contracts';

/** Addresses that differ only in case are the same. */
function keyOf({ email }: ExtraAddress): string {
  return email.toLowerCase();
}

/** An error for each address that repeats an earlier one, by its index. */
export function doubledAddresses(addresses: readonly ExtraAddress[]): FieldError[] {
  const first = new Map(addresses.toReversed().map((address) => [keyOf(address), address]));
  return addresses.flatMap((address, index) =>
    first.get(keyOf(address)) === address
      ? []
      : [{ path: `extraAddresses.${index}.email`, code: 'double', message: 'This address is already in the list.' }],
  );
}

/** The addresses as the audit trail shows them. */
export function onRecord(addresses: readonly ExtraAddress[]): { extraAddresses: string } {
  return { extraAddresses: addresses.map(({ email, language }) => `${email} (${language})`).join(', ') };
}

/** Whether both lists have the same addresses, in any order. */
export function areSameAddresses(some: readonly ExtraAddress[], others: readonly ExtraAddress[]): boolean {
  const listed = (addresses: readonly ExtraAddress[]) =>
    addresses
      .map(({ email, language }) => `${email} ${language}`)
      .toSorted()
      .join();
  return listed(some) === listed(others);
}
