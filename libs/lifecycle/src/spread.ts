/**
 * The delay of an account's reminders in seconds, so that those due at the same time are not all sent at once: always
 * the same for an account, and evenly distributed over all accounts.
 * @param minutes all delays are shorter than this; 0 turns them off
 */
export function spreadSeconds(accountId: string, minutes: number): number {
  return Math.floor((hash(accountId) / 2 ** 32) * minutes * 60);
}

/** FNV-1a, 32 bits, with a final mix, because ids created in the same second differ only at their ends. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
