import { textsIn } from './texts-in.js';

/**
 * The paths of the strings in a value that contain a null character, which no database can store. Field names count as
 * strings.
 */
export function nullCharacters(value: unknown): string[] {
  const found = [...textsIn(value)].filter(({ text }) => text.includes('\0'));
  return found.map(({ path }) => path).toReversed();
}
