import { containing } from '@tenure/platform';
import { sql, type Sql } from './rows.js';

/**
 * Of whose names the text is a part, in whatever case, with or without accents; all where none is looked for.
 * @param folded names as SQL, as `accounts.folded` makes them
 */
export function withText(folded: string, text: string | undefined): Sql[] {
  return text ? [sql(`${folded} like accounts.folded(?)`, containing(text))] : [];
}
