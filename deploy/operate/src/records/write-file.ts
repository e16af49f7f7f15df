import { everyPage, exportAccounts, type Client } from '@tenure/contracts';
import { csvLines } from '@tenure/platform/csv';
import { everyOrganization } from '../members/everybody.js';
import { answered } from '../asking/answered.js';
import { cellsOf, columns } from './columns.js';

/** Yields all accounts as an accounts file, page by page. */
export async function* writeFile(services: Client): AsyncGenerator<string> {
  const organizations = await answered(() => everyOrganization(services));
  const names = new Map<string, string>();
  for (const { organizationId, name } of organizations) {
    const isItsAlone = organizations.filter((other) => other.name === name).length === 1;
    names.set(organizationId, isItsAlone ? name : organizationId);
  }
  const written = columns.filter((column) => column !== 'key');
  yield csvLines([written]);
  const pages = everyPage((cursor) => answered(() => services.ask(exportAccounts, { cursor }, { timeout: 30_000 })));
  for await (const accounts of pages)
    yield csvLines(
      accounts.map((account) => {
        const cells = cellsOf(account, names.get(account.organizationId) ?? account.organizationId);
        return written.map((column) => cells[column]);
      }),
    );
}
