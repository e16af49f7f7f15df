import { readConfiguration } from '@tenure/local/configuration';
import { Terminal } from './terminal.js';

it("the pages' ports become those of the stack, but four digits of an id are no port", async () => {
  const terminal = new Terminal(readConfiguration({ TENURE_DATA: '/nowhere', TENURE_PORT_BASE: '21000' }));
  const { out } = await terminal.type('echo 7300 localhost:7302/api 01a228af-d33d-7302-bcd1-1ee171f78f83');
  expect(out).toBe('21000 localhost:21002/api 01a228af-d33d-7302-bcd1-1ee171f78f83\n');
});

it('shows what the command prints and no warning of the shell, even if this machine lacks the locale that is set', async () => {
  process.env.LC_ALL = 'xx_XX.UTF-8';
  const terminal = new Terminal(readConfiguration({ TENURE_DATA: '/nowhere' }));
  expect(await terminal.type('echo done')).toEqual({ code: 0, out: 'done\n' });
});
