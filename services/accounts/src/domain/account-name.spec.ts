import { misleads, nameKey } from './account-name.js';

describe('two names are the same one', () => {
  it.each([
    ['in another case', 'Harbour Office', 'HARBOUR office'],
    ['with space around', 'Harbour Office', '  Harbour Office\t'],
    ['with more space between the words', 'Harbour Office', 'Harbour \u00a0 Office'],
    ['with a letter and its accent apart', 'Málaga', 'Ma\u0301laga'],
    ['in full-width letters', 'Plant 7', 'Ｐｌａｎｔ ７'],
    ['with ß and ss', 'Großmarkt', 'GROSSMARKT'],
    ['with ß and its own capital', 'Großmarkt', 'GRO\u1e9eMARKT'],
    ['with a final sigma', 'ΣΟΦΟΣ', 'σοφος'],
    ['with a sign for a word', 'Tel 7', '℡ 7'],
    ['with a letter whose capital has its accents apart', '\u0390', '\u03aa\u0301'],
    ['with a space that has no width', 'Harbour', 'Har\u200bbour'],
  ])('%s', (_, one, other) => expect(nameKey(other)).toBe(nameKey(one)));
});

describe('two names differ', () => {
  it.each([
    ['by an accent', 'Malaga', 'Málaga'],
    ['by a hyphen', 'Harbour Office', 'Harbour-Office'],
    ['by where the words end', 'Harbour Office', 'HarbourOffice'],
  ])('%s', (_, one, other) => expect(nameKey(other)).not.toBe(nameKey(one)));
});

it('is kept as every release has kept it: in lower case', () =>
  expect(nameKey(' Harbour  OFFICE 7 ')).toBe('harbour office 7'));

it('is empty for a name that cannot be seen', () => expect(nameKey('\u200b\u2060')).toBe(''));

it.each([
  ['turns the direction of what follows it', 'Hotel \u202e002 soL', true],
  ['is isolated from what surrounds it', '\u2067Hotel', true],
  ['has a line break that is none of the control characters', 'Hotel\u2028Sol', true],
  ['may be parted where nobody sees it', 'Ho\u00adtel So\u200bl', true],
  ['begins as a file does', '\ufeffHotel Sol', true],
  ['is written from right to left', 'פנדק השמש', false],
  ['has an emoji of several parts', 'Sun 👩\u200d🔧', false],
])('a name that %s misleads: %p', (_, name, expected) => expect(misleads(name)).toBe(expected));
