const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * What makes two names the same one: neither case nor space around or between the words counts, nor how Unicode writes
 * a letter, nor what cannot be seen (docs/rules.md: Application). Empty for a name that cannot be seen at all.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(IGNORABLE, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .toLowerCase() // ẞ has a small letter of its own,
    .toUpperCase() // and ß and ss are one letter's two cases.
    .toLowerCase()
    .normalize('NFKC');
}

/**
 * Turns the direction of what follows, also beyond the name, or ends its line: what is read is not what was typed. Or parts
 * a word where nobody sees it, as what is pasted does: who looks for the word that they read does not find it.
 */
export function misleads(name: string): boolean {
  return /[\p{Bidi_Control}\p{Zl}\p{Zp}\u00ad\u200b\u2060\ufeff]/u.test(name);
}
