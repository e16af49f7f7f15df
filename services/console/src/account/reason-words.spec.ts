import i18next from 'i18next';
import { speak } from '../words/start-words.js';
import { reasonWords } from './reason-words.js';

beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: {} } });
  await speak('en');
  // Packages that later specs load take an environment with a document for a browser.
  Reflect.deleteProperty(globalThis, 'document');
});

it.each([
  ['stale', 'too long ago'],
  ['validation_error: Invalid `to` field.', 'the e-mail provider answered: Invalid `to` field.'],
  ['status_502', 'the e-mail provider answered: HTTP 502'],
  ['smtp; 550 5.1.1 No such user', 'smtp; 550 5.1.1 No such user'],
  ['of_a_newer_service', 'of_a_newer_service'],
])('the reason %s is shown as: %s', (reason, words) => expect(reasonWords(reason, i18next.t)).toBe(words));
