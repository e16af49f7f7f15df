import { exampleCatalog } from './example.js';
import { readCatalog } from './read-catalog.js';

const refused = (content: unknown) => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  try {
    readCatalog(text, 'catalog.json');
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It was accepted.');
};
const license = JSON.parse(exampleCatalog).licenses[0];

describe('a catalog file', () => {
  it('looks like the example of the usage', () =>
    expect(readCatalog(exampleCatalog, 'catalog.json')).toEqual(JSON.parse(exampleCatalog)));

  it('may leave out licenses or sectors', () =>
    expect(readCatalog('{}', 'catalog.json')).toEqual({ licenses: [], sectors: [] }));

  it('is refused with everything that is wrong with it', () =>
    expect(
      refused({
        licenses: [{ ...license, rank: '10', maxDatapoint: 5 }],
        sectors: [{ code: 'hotel', names: { en: 'Hotels' } }],
        plans: [],
      }),
    ).toBe(
      [
        'catalog.json was not recorded:',
        '✖ Unrecognized key: "plans"',
        '✖ Unrecognized key: "maxDatapoint"',
        '  → at licenses[0]',
        '✖ This has to be a number.',
        '  → at licenses[0].rank',
        '✖ Enter a name.',
        '  → at sectors[0].names.es',
      ].join('\n'),
    ));

  it('is refused if a code occurs twice, because the later entry would replace the earlier one', () =>
    expect(refused({ licenses: [license, { ...license, rank: 20 }] })).toContain(
      '✖ "basic" occurs twice.\n  → at licenses[1].code',
    ));

  it('is refused if it is not JSON, with the reason', () =>
    expect(refused('none')).toBe('catalog.json: Unexpected token \'o\', "none" is not valid JSON.'));
});
