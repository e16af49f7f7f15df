import type { ExtraAddress, FieldError } from '@tenure/contracts';

/** Two spellings of one address are one. */
function keyOf({ email }: ExtraAddress): string {
  return email.toLowerCase();
}

/** Each address that was given before it, by its place. */
export function doubledAddresses(addresses: readonly ExtraAddress[]): FieldError[] {
  const first = new Map(addresses.toReversed().map((address) => [keyOf(address), address]));
  return addresses.flatMap((address, index) =>
    first.get(keyOf(address)) === address
      ? []
      : [{ path: `extraAddresses.${index}.email`, code: 'double', message: 'This address is already in the list.' }],
  );
}

/** As they stand in the audit trail. */
export function onRecord(addresses: readonly ExtraAddress[]): { extraAddresses: string } {
  return { extraAddresses: addresses.map(({ email, language }) => `${email} (${language})`).join(', ') };
}

/** Whether both are the same list, in whatever order. */
export function areSameAddresses(some: readonly ExtraAddress[], others: readonly ExtraAddress[]): boolean {
  const listed = (addresses: readonly ExtraAddress[]) =>
    addresses
      .map(({ email, language }) => `${email} ${language}`)
      .toSorted()
      .join();
  return listed(some) === listed(others);
}
