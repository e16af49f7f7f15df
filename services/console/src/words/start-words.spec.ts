import i18next from 'i18next';
import { speak } from './start-words.js';

const hotel = 'فندق 2';

it('a name that is written from right to left is kept apart in a sentence: else it takes along the figure behind it', async () => {
  Object.assign(globalThis, { document: { documentElement: {} } });
  await speak('en');
  const create = (name: string) => i18next.t('review.creates', { name, datapoints: '200', until: 'Nov 24, 2027' });
  expect([create(hotel), create('Hotel «Sol» & <b>')]).toEqual([
    `Create \u2068${hotel}\u2069, 200 datapoints, until Nov 24, 2027`,
    'Create Hotel «Sol» & <b>, 200 datapoints, until Nov 24, 2027',
  ]);
});
