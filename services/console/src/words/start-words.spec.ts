import i18next from 'i18next';
import { browserLanguage, speak } from './start-words.js';

const hotel = 'فندق 2';

beforeEach(() => void Object.assign(globalThis, { document: { documentElement: {} } }));
// Packages that later specs load take an environment with a document for a browser.
afterEach(() => void Reflect.deleteProperty(globalThis, 'document'));

it('a right-to-left name is isolated in a sentence: otherwise it would reorder the figure after it', async () => {
  await speak('en');
  const create = (name: string) =>
    i18next.t('review.creates', { name, datapoints: '200 datapoints', until: 'Nov 24, 2027' });
  expect([create(hotel), create('Hotel «Sol» & <b>')]).toEqual([
    `Create \u2068${hotel}\u2069, 200 datapoints, until Nov 24, 2027`,
    'Create Hotel «Sol» & <b>, 200 datapoints, until Nov 24, 2027',
  ]);
});

it('the text for one datapoint left is correct in Spanish too', async () => {
  await speak('es');
  const left = (count: number) => i18next.t('datapoints.usedAndLeft', { count, used: '19', left: String(count) });
  expect([left(1), left(20)]).toEqual(['19 en uso · 1 libre', '19 en uso · 20 libres']);
});

describe('before anybody has signed in, the language', () => {
  it.each([
    [['es-ES', 'en'], 'es'],
    [['en-US', 'es'], 'en'],
    [['de-DE', 'en', 'es'], 'en'],
    [['ca', 'es', 'en'], 'es'],
    [['est', 'de'], 'en'],
    [[], 'en'],
  ])('of a browser that asks for %j is %s: the first that the console has, otherwise English', (languages, language) =>
    expect(browserLanguage(languages)).toBe(language),
  );
});
