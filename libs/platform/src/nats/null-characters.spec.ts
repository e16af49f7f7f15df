import { nullCharacters } from './null-characters.js';

it.each<[string, unknown, string[]]>([
  ['in a field', { name: 'a\0b', other: 'a' }, ['name']],
  ['in the text itself', '\0', ['']],
  ['in a list, each separately, in order', { items: ['\0', 'a', { text: '\0' }] }, ['items.0', 'items.2.text']],
  ['in a name', { figures: { 'a\0': 1 } }, ['figures.a\0']],
  ['nowhere', { text: '', none: null, count: 1, list: [true] }, []],
])('a null character is found %s', (_, value, paths) => expect(nullCharacters(value)).toEqual(paths));

it('a value of nothing but brackets is searched', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + '"\\u0000"' + ']'.repeat(100_000));
  expect(nullCharacters(deep)).toHaveLength(1);
});
