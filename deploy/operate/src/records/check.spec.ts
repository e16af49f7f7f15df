import { checkAccounts, mostImported, type Client } from '@tenure/contracts';
import { checkLines } from './check.js';
import type { Cells } from './columns.js';
import type { Organizations } from '../members/everybody.js';

const organizations = ['Solar', 'Wind'].map((name, at) => ({
  organizationId: `01990000-0000-7000-8000-00000000000${at}`,
  name,
  language: 'es',
})) as Organizations;
const row: Cells = {
  ...{ organization: 'Solar', account_name: 'Roof', customer_name: 'Sol', license: 'plus', datapoints: '20' },
  ...{ sector: 'hotel', expires_on: '2027-11-24' },
};

/** Services that already have an account named `there`, and refuse one named `refused`. */
async function check(rows: readonly Cells[], { there = '', refused = '', reasons = ['No.'] } = {}) {
  const asked: number[] = [];
  const progress: number[] = [];
  const services = {
    ask: async (_: typeof checkAccounts, { accounts }: { accounts: { accountName: string }[] }) => {
      asked.push(accounts.length);
      return {
        items: accounts.map(({ accountName }) => ({
          state: accountName === there ? 'there' : 'new',
          nameKey: accountName.toLowerCase(),
          refusals: accountName === refused ? reasons.map((message) => ({ path: 'licenseName', message })) : [],
        })),
      };
    },
  } as unknown as Client;
  const lines = rows.map((cells, index) => ({ line: index + 2, cells }));
  const checked = await checkLines(services, lines, organizations, (count) => progress.push(count));
  return {
    created: checked.created.map(({ line }) => line.line),
    there: checked.there.map(({ line }) => line.line),
    rejects: checked.rejects.map(({ line, column, reason }) => [line, column, reason]),
    asked,
    progress,
  };
}

describe('in a file', () => {
  it('a wrong line counts once, whatever is wrong with it', async () => {
    const { created, rejects, progress } = await check([{ ...row, datapoints: 'many', organization: 'Nobody' }, row]);
    expect([created, rejects, progress]).toEqual([
      [3],
      [
        [2, 'organization', 'There is no such organization.'],
        [2, 'datapoints', 'Enter a whole number.'],
      ],
      [2],
    ]);
  });

  it('every error is reported, even if nearly all of a hundred thousand lines are wrong', async () => {
    const reasons = Array.from({ length: 200_000 }, (_, at) => `Reason ${at}.`);
    const { rejects } = await check([{ ...row, account_name: 'Yard' }], { refused: 'Yard', reasons });
    expect(rejects).toHaveLength(reasons.length);
  });

  it('existing accounts are separated from new ones', async () => {
    expect(await check([row, { ...row, account_name: 'Yard' }], { there: 'Yard' })).toMatchObject({
      created: [2],
      there: [3],
      rejects: [],
    });
  });

  it('refused accounts are not created, and are reported in the order of the lines', async () => {
    const rows = [row, { ...row, account_name: 'Yard' }, { ...row, account_name: 'Barn', datapoints: '1' }];
    expect(await check(rows, { refused: 'Yard' })).toMatchObject({
      created: [2],
      rejects: [
        [3, 'organization', 'No.'],
        [4, 'datapoints', 'Enter at least 20.'],
      ],
    });
  });

  it('a request has no more accounts than the services accept', async () => {
    const rows = Array.from({ length: mostImported + 1 }, (_, at) => ({ ...row, account_name: `Roof ${at}` }));
    expect(await check(rows)).toMatchObject({ asked: [mostImported, 1], progress: [mostImported, mostImported + 1] });
  });

  it('the later of two lines about one account is wrong in the column that identifies it', async () => {
    const twice = (over: Cells) =>
      check([
        { ...row, ...over },
        { ...row, ...over, account_name: 'Yard' },
      ]);
    const account_id = '01990000-0000-7000-8000-00000000000a';
    const same = 'The same account is on line 2.';
    expect(await twice({ account_id })).toMatchObject({ created: [2], rejects: [[3, 'account_id', same]] });
    expect(await twice({ key: 'A-1' })).toMatchObject({ created: [2], rejects: [[3, 'key', same]] });
    expect(await twice({ account_id, key: 'A-1' })).toMatchObject({ rejects: [[3, 'account_id', same]] });
    expect((await check([row, row])).rejects).toEqual([[3, 'account_name', same]]);
  });

  it('the later of two new accounts of an organization with one name is wrong', async () => {
    const rows = [
      { ...row, key: 'A-1' },
      { ...row, key: 'A-2', account_name: 'ROOF' },
      { ...row, key: 'A-3', organization: 'Wind' },
    ];
    expect(await check(rows)).toMatchObject({
      created: [2, 4],
      rejects: [[3, 'account_name', 'The same name is on line 2.']],
    });
  });

  it('an existing account takes no name from another line', async () => {
    const rows = [
      { ...row, key: 'A-1' },
      { ...row, key: 'A-2' },
    ];
    expect(await check(rows, { there: 'Roof' })).toMatchObject({ there: [2, 3], rejects: [] });
  });

  it('a line with a wrong number of fields is wrong, and services are not asked about it', async () => {
    const lines = [{ line: 2, cells: row, fields: { found: 1, expected: 8 } }];
    const services = { ask: () => Promise.reject(new Error('Nothing is to be asked.')) } as unknown as Client;
    expect(await checkLines(services, lines, organizations, () => undefined)).toEqual({
      ...{ created: [], there: [] },
      rejects: [
        {
          line: 2,
          column: 'organization',
          value: 'Solar',
          reason: 'The line has 1 field, but the first line names 8.',
        },
      ],
    });
  });
});
