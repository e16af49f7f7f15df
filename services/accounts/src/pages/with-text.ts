import { containing } from '@tenure/platform';
import { sql, type Sql } from './rows.js';

/**
 * Selects names that contain the text, ignoring case and accents; selects all if there is no text.
 * @param folded names as SQL, folded by `accounts.folded`
 */
export function withText(folded: string, text: string | undefined): Sql[] {
  return text ? [sql(`${folded} like accounts.folded(?)`, containing(text))] : [];
}
