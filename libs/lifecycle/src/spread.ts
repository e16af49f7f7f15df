/**
 * By how many seconds an account's reminders come later, so that those due at one time do not all leave at once: always
 * the same for an account, and even over all of them.
 * @param minutes over how many; 0 does not spread
 */
export function spreadSeconds(accountId: string, minutes: number): number {
  return Math.floor((hash(accountId) / 2 ** 32) * minutes * 60);
}

/** FNV-1a, 32 bits, with its bits mixed once more, because ids made in the same second differ in their ends only. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
