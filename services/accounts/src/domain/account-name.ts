const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * What makes two names the same one: neither case nor space around or between the words counts, nor how Unicode writes
 * a letter, nor what cannot be seen (2-domain: Application). Empty for a name that cannot be seen at all.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(IGNORABLE, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .toUpperCase() // First up: ß and ss are one letter's two cases.
    .toLowerCase()
    .normalize('NFKC');
}
