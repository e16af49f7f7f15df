const domain = 'removed.invalid';

/** SQL for the address of a delivery `r` once its contents were removed. A notice has no two deliveries to one address. */
export const removedAddress = `'removed-' || r.delivery_id || '@${domain}'`;

export function isRemovedAddress(email: string): boolean {
  return email.endsWith(`@${domain}`);
}
