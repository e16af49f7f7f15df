import { readConfiguration } from '@tenure/local/configuration';
import { Terminal } from './terminal.js';

it("the pages' ports become those of the stack, but four digits of an id are no port", async () => {
  const terminal = new Terminal(readConfiguration({ TENURE_DATA: '/nowhere', TENURE_PORT_BASE: '21000' }));
  const { out } = await terminal.type('echo 7300 localhost:7302/api 01a228af-d33d-7302-bcd1-1ee171f78f83');
  expect(out).toBe('21000 localhost:21002/api 01a228af-d33d-7302-bcd1-1ee171f78f83\n');
});
