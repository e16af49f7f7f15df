import { Settings } from './settings.js';

const needed = {
  OIDC_ISSUER: 'https://issuer.example',
  OIDC_AUDIENCE: 'https://api.example',
  OIDC_CLIENT_ID: 'console',
  OIDC_CLIENT_SECRET: 'a secret of this test',
  TEMPORAL_ADDRESS: '127.0.0.1:1',
};

function settingsWith(more: Record<string, string>): Settings {
  const before = process.env;
  process.env = { ...needed, ...more };
  try {
    return new Settings();
  } finally {
    process.env = before;
  }
}

it('the console is where CONSOLE_FOLDER says, or people would get a page that says that it is not built', () => {
  expect(() => settingsWith({ CONSOLE_FOLDER: '/nowhere' })).toThrow(
    'CONSOLE_FOLDER is not valid: this folder has no index.html.',
  );
});

describe.each(['PUBLIC_URL', 'OIDC_ISSUER', 'OIDC_JWKS_URL'])('%s', (name) => {
  it.each([
    'https://tenure.example',
    'http://localhost:7300',
    'http://127.0.0.1:7303',
    'http://provider.localhost:7303',
  ])('may be %s', (address) => expect(() => settingsWith({ [name]: address })).not.toThrow());

  it.each([
    'http://tenure.example',
    'http://tenure.example/.localhost',
    'http://localhost.tenure.example',
    'http://localhost@tenure.example',
    'ftp://localhost',
  ])('may not be %s, because anybody in between could decide who signs in', (address) =>
    expect(() => settingsWith({ [name]: address })).toThrow(`${name} is not valid: it has to start with https://.`),
  );
});
