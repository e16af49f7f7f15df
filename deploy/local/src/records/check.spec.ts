import type { Client } from '@tenure/contracts';
import { checkLines } from './check.js';
import type { Cells } from './columns.js';
import type { Organizations } from './read-row.js';

const organizations = [
  { organizationId: '01990000-0000-7000-8000-000000000001', name: 'Solar', language: 'es' },
] as Organizations;
const cells: Cells = {
  ...{ organization: 'Solar', account_name: 'Roof', customer_name: 'Sol', license: 'plus', datapoints: '20' },
  ...{ sector: 'hotel', expires_on: '2027-11-24' },
};

it('as checked counts a line that is wrong once, whatever is wrong with it', async () => {
  const services = {
    ask: async (_: unknown, { accounts }: { accounts: unknown[] }) => ({
      items: accounts.map(() => ({ state: 'new', nameKey: 'roof', refusals: [] })),
    }),
  } as unknown as Client;
  const wrong = { ...cells, datapoints: 'many', organization: 'Nobody' };
  const progress: number[] = [];
  const lines = [wrong, cells].map((given, index) => ({ line: index + 2, cells: given }));
  const { created, rejects } = await checkLines(services, lines, organizations, (checked) => progress.push(checked));
  expect([progress, created.length, rejects.map(({ line, column }) => [line, column])]).toEqual([
    [2],
    1,
    [
      [2, 'organization'],
      [2, 'datapoints'],
    ],
  ]);
});
