import { readConfiguration } from '../configuration.js';
import { Secrets } from '../secrets.js';
import { stackOf } from './find-stack.js';
import { readPasswords } from './passwords.js';
import { standIns, tenureProcesses } from './tenure-processes.js';

const passwords = readPasswords(new Secrets());
const configuration = readConfiguration({ TENURE_DATA: '/nowhere', TENURE_PORT_BASE: '7300' });
const stack = stackOf(configuration, passwords, () => undefined);

/** The values of these variables for a process if the terminal has other values. */
function given(name: string, variables: readonly string[]) {
  const all = [...standIns(stack, passwords), ...tenureProcesses(stack, passwords).flat()];
  const { environment } = all.find((process) => process.name === name)!;
  return variables.map((variable) => environment[variable]);
}

it.each(['mailbox', 'identity-provider'])(
  'the %s is reachable from this machine only, whatever HOST the terminal has: csh and Conda set one',
  (name) => expect(given(name, ['HOST'])).toEqual(['127.0.0.1']),
);

it('the identity provider uses its own address, whatever deployment the terminal is configured for', () =>
  expect(given('identity-provider', ['OIDC_ISSUER'])).toEqual(given('gateway', ['OIDC_ISSUER'])));

it.each(['workflows', 'gateway'])("%s reaches this machine's Temporal, which has no TLS", (name) =>
  expect(
    given(name, [
      'TEMPORAL_TLS',
      'TEMPORAL_TLS_AUTHORITY',
      'TEMPORAL_TLS_CERTIFICATE',
      'TEMPORAL_TLS_KEY',
      'TEMPORAL_API_KEY',
    ]),
  ).toEqual(['', '', '', '', '']),
);
