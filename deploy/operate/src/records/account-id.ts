import { createHash } from 'node:crypto';

/**
 * The id of an account, derived from its key in another system: the same for the same organization and key, so that a
 * second import finds what the first one created. A UUID version 5 (RFC 9562) with the organization's id as its
 * namespace.
 */
export function accountIdFor(organizationId: string, key: string): string {
  const namespace = Buffer.from(organizationId.replaceAll('-', ''), 'hex');
  const hash = createHash('sha1').update(namespace).update(key, 'utf8').digest().subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
