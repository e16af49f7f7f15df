import { isMisleading, nameKey } from './account-name.js';

describe('two names are the same one', () => {
  it.each([
    ['in another case', 'Harbour Office', 'HARBOUR office'],
    ['with surrounding space', 'Harbour Office', '  Harbour Office\t'],
    ['with more space between the words', 'Harbour Office', 'Harbour \u00a0 Office'],
    ['with a letter and a combining accent', 'Málaga', 'Ma\u0301laga'],
    ['in full-width letters', 'Plant 7', 'Ｐｌａｎｔ ７'],
    ['with ß and ss', 'Großmarkt', 'GROSSMARKT'],
    ['with ß and its own capital', 'Großmarkt', 'GRO\u1e9eMARKT'],
    ['with a final sigma', 'ΣΟΦΟΣ', 'σοφος'],
    ['with a symbol for a word', 'Tel 7', '℡ 7'],
    ['with a letter whose capital has combining accents', '\u0390', '\u03aa\u0301'],
    ['with a zero-width space', 'Harbour', 'Har\u200bbour'],
  ])('%s', (_, one, other) => expect(nameKey(other)).toBe(nameKey(one)));
});

describe('two names differ', () => {
  it.each([
    ['by an accent', 'Malaga', 'Málaga'],
    ['by a hyphen', 'Harbour Office', 'Harbour-Office'],
    ['by word boundaries', 'Harbour Office', 'HarbourOffice'],
  ])('%s', (_, one, other) => expect(nameKey(other)).not.toBe(nameKey(one)));
});

it('the name key is in lower case, as in every release', () =>
  expect(nameKey(' Harbour  OFFICE 7 ')).toBe('harbour office 7'));

it.each(['\u200b\u2060', '\u2800\u2800'])('the name key of an invisible name is empty: %j', (name) =>
  expect(nameKey(name)).toBe(''),
);

it.each([
  ['changes the direction of the text that follows', 'Hotel \u202e002 soL', true],
  ['is isolated from the surrounding text direction', '\u2067Hotel', true],
  ['has a line break that is not a control character', 'Hotel\u2028Sol', true],
  ['has invisible break points', 'Ho\u00adtel So\u200bl', true],
  ['begins with a byte order mark', '\ufeffHotel Sol', true],
  ['is written from right to left', 'פנדק השמש', false],
  ['has an emoji of several parts', 'Sun 👩\u200d🔧', false],
])('a name that %s misleads: %p', (_, name, expected) => expect(isMisleading(name)).toBe(expected));
