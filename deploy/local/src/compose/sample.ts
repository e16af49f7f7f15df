import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inboxPrefix } from '@tenure/contracts';
import { requestToken } from '../identity-provider/ask.js';
import { fillInSampleData } from '../sample/fill-in.js';

/** Creates the sample data from within the network of the containers. `sample.js <secrets> <data folder>` */
const [, , secrets, dataFolder] = process.argv as [string, string, string, string];
const { OIDC_ISSUER, NATS_URL, API_URL, MAILBOX_URL } = process.env as Record<string, string>;
const read = (name: string) => readFileSync(path.join(secrets, name), 'utf8');
await fillInSampleData(
  {
    configuration: { dataFolder },
    api: API_URL!,
    mailbox: MAILBOX_URL!,
    issuer: OIDC_ISSUER!,
    token: (signIn) => requestToken(OIDC_ISSUER!, read('terminal-secret'), signIn),
    natsUser: (user) => ({
      servers: NATS_URL!,
      user,
      pass: read(`${user}-password`),
      inboxPrefix: inboxPrefix(user),
    }),
  },
  (sentence) => console.log(sentence),
);
