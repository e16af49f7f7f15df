import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { portVariable, readConfiguration, rememberIssuerPort } from './configuration.js';

let dataFolder: string;
beforeEach(() => (dataFolder = mkdtempSync(path.join(tmpdir(), 'configuration-'))));
afterEach(() => rmSync(dataFolder, { recursive: true }));
const read = (environment: NodeJS.ProcessEnv) => readConfiguration({ TENURE_DATA: dataFolder, ...environment });

it('counts all ports from one base, so that two copies can run side by side', () => {
  const [one, other] = [read({}), read({ TENURE_PORT_BASE: '8300' })].map(({ ports }) => Object.values(ports));
  expect(other).toEqual(one!.map((port) => port + 1000));
  expect(new Set(one).size).toBe(one!.length);
});

it('lets each port be moved by its own variable', () => {
  const { ports, publicUrl } = read({ [portVariable('gateway')]: '9000' });
  expect([ports.gateway, ports.mailbox, publicUrl]).toEqual([9000, 7302, 'http://localhost:9000']);
});

it('keeps the port of the identity provider that belongs to the data', () => {
  rememberIssuerPort(dataFolder, 7303);
  const { ports } = read({ TENURE_PORT_BASE: '8300' });
  expect([ports.identityProvider, ports.gateway]).toEqual([7303, 8300]);
});

it.each(['', 'x', '0', '65536', '7300.5'])('refuses the port %j in one sentence that names the variable', (text) =>
  expect(() => read({ TENURE_MAILBOX_PORT: text })).toThrow(/^TENURE_MAILBOX_PORT is .*, which is not a port: choose /),
);

it('keeps data and logs together if the data folder is set', () => {
  expect(read({})).toMatchObject({ dataFolder, logFolder: path.join(dataFolder, 'logs') });
});

it('really sends e-mails only with a Resend key', () => {
  expect(read({}).resendApiKey).toBeUndefined();
  expect(read({ RESEND_API_KEY: 're_mine' }).resendApiKey).toBe('re_mine');
});
