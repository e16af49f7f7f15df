/** Unicode's own, and the braille pattern without dots, which is no space to it but as empty as one. */
const IGNORABLE = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Names with the same key count as the same name. The key ignores case, extra white space, how Unicode encodes a
 * letter, and invisible characters (docs/rules.md: Application). It is empty for a name that is entirely invisible.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(IGNORABLE, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .toLowerCase() // ẞ becomes ß,
    .toUpperCase() // and ß becomes SS.
    .toLowerCase()
    .normalize('NFKC');
}

/**
 * Whether the name contains characters that mislead a reader. Some change the text direction, even beyond the name, or
 * break the line, so that what is read is not what was typed. Others split a word invisibly, as pasted text may, so
 * that a search for the visible word does not find it.
 */
export function isMisleading(name: string): boolean {
  return /[\p{Bidi_Control}\p{Zl}\p{Zp}\u00ad\u200b\u2060\ufeff]/u.test(name);
}
