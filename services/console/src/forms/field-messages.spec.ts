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

describe('what is said at a name', () => {
  it.each([
    ['that is missing', ' ', ['field.accountName', 'field.customerName']],
    ['that is too long', 'a'.repeat(101), ['field.nameTooLong', 'field.nameTooLong']],
    [
      'with a tab in it, as from two cells of a table',
      'Sol\tSeville',
      ['field.unseenCharacters', 'field.unseenCharacters'],
    ],
    ['that can be taken', 'Sol', []],
  ])('%s', (_, name, messages) => expect(said(name, name)).toEqual(messages));
});
