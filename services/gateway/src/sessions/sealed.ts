import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const [nonceBytes, tagBytes] = [12, 16];

/** The text encrypted and authenticated: nonce, tag, then as many bytes as the text has in UTF-8. */
export function seal(text: string, key: Buffer): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @throws if it was sealed with another key or was modified */
export function unseal(sealed: Uint8Array, key: Buffer): string {
  const all = Buffer.from(sealed);
  const decipher = createDecipheriv(algorithm, key, all.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(all.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(all.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
}
