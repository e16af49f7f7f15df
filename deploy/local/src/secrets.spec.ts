import { Secrets } from './secrets.js';

it('no password can be taken for an option of a command', () => {
  const secrets = new Secrets();
  const made = Array.from({ length: 1_000 }, (_, at) => secrets.get(`nats.${at}`));
  expect(made.filter((password) => password.startsWith('-'))).toEqual([]);
  expect(new Set(made).size).toBe(1_000);
});
