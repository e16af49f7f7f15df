import { textsIn } from './texts-in.js';

/** The paths of the texts in a value that have a null character, which no database can store. A name counts as a text. */
export function nullCharacters(value: unknown): string[] {
  const found = [...textsIn(value)].filter(({ text }) => text.includes('\0'));
  return found.map(({ path }) => path).toReversed();
}
