import { containing, type Sql, sql } from '@tenure/platform';

/**
 * Selects names that contain each word of the text, in any order, ignoring case and accents: who asks often remembers
 * only parts. Selects all if there is no text.
 * @param folded names as SQL, folded by `accounts.folded`
 */
export function withText(folded: string, text: string | undefined): Sql[] {
  const words = (text ?? '').split(/\s+/).filter((word) => word !== '');
  return words.map((word) => sql(`${folded} like accounts.folded(?)`, containing(word)));
}
