import i18next from 'i18next';
import { browserLanguage, speak } from './start-words.js';
import { wordsFor } from './words-for.js';

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

it('a code of a newer service has no text, nor has a reason in the words of the e-mail provider', async () => {
  await speak('en');
  const codes = ['stale', 'of_a_newer_service', 'validation_error: Invalid `to` field. See {{docs}}.'];
  expect(codes.map((code) => wordsFor('momentReason', code, i18next.t))).toEqual(['too long ago', null, null]);
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
