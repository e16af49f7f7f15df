/**
 * The sender with the organization's name: `Name <address>`. Leaves out characters of the name that would have to be
 * quoted there, or would end the line.
 */
export function senderOf(name: string, address: string): string {
  const plain = name
    .replaceAll(/[^\p{L}\p{M}\p{N} &'’+/-]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  return plain === '' ? address : `${plain} <${address}>`;
}
