/**
 * The organization's name in front of its address: `Name <address>`. What in a name would have to be quoted there, or
 * would end the line, is left out.
 */
export function senderOf(name: string, address: string): string {
  const plain = name
    .replaceAll(/[^\p{L}\p{M}\p{N} &'’+/-]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  return plain === '' ? address : `${plain} <${address}>`;
}
