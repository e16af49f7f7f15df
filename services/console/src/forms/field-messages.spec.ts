import type { T } from '../words/use-words.js';
import { formatOf } from '../words/format.js';
import { checkRequest } from './check.js';
import { fieldMessage } from './field-messages.js';

const t = ((key: string) => key) as unknown as T;
const words = { t, format: formatOf('en'), licenseName: (code: string) => code };
const said = (accountName: string, customerName: string) =>
  checkRequest({ type: 'new_account', accountName, customerName }, { licenses: [] })
    .filter(({ path }) => path.endsWith('Name'))
    .map((error) => fieldMessage(error, words));

describe('the message at a name', () => {
  it.each([
    ['that is missing', ' ', ['field.accountName', 'field.customerName']],
    ['that is too long', 'a'.repeat(101), ['field.nameTooLong', 'field.nameTooLong']],
    [
      'with a tab in it, as from two cells of a spreadsheet',
      'Sol\tSeville',
      ['field.unseenCharacters', 'field.unseenCharacters'],
    ],
    ['that is valid', 'Sol', []],
  ])('%s', (_, name, messages) => expect(said(name, name)).toEqual(messages));
});

const saidAt = (application: Parameters<typeof checkRequest>[0], field: string) =>
  checkRequest(application, { licenses: [] })
    .filter(({ path }) => path === field)
    .map((error) => fieldMessage(error, words));

it.each([
  ['datapoints', 20.5, 'field.whole'],
  ['datapoints', 10_000_000_000, 'field.tooLarge'],
  ['datapoints', Number.MAX_VALUE, 'field.tooLarge'],
  ['datapoints', 19, 'field.datapoints'],
  ['datapoints', undefined, 'field.datapoints'],
  ['months', 1.5, 'field.whole'],
  ['months', 61, 'field.months'],
  ['months', 0, 'field.months'],
  ['rtcLines', 0.5, 'field.whole'],
  ['rtcLines', 10_000_000_000, 'field.tooLarge'],
  ['rtcLines', -1, 'field.zeroOrMore'],
])('the message at %s for %s is %s', (field, value, message) =>
  expect(saidAt({ type: 'new_account', [field]: value }, field)).toEqual([message]),
);

it('a change without effect is reported at the field it was to change', () => {
  const noChange = (path: string) => fieldMessage({ path, code: 'no_change', message: '' }, words);
  expect(['application.license', 'datapoints'].map(noChange)).toEqual(['field.sameLicense', 'field.sameDatapoints']);
});

it('a license is shown by its name', () => {
  const named: unknown[] = [];
  const t = ((_: string, { license }: { license: string }) => named.push(license)) as unknown as T;
  const refusal = { path: 'datapoints', code: 'above_license', figures: { maximum: 200 }, message: '' };
  fieldMessage(refusal, { ...words, t, license: 'pro', licenseName: (code) => `The ${code}` });
  expect(named).toEqual(['The pro']);
});
