import { setting } from '@tenure/platform/command/setting';
import { startMailbox } from './mailbox.js';

const { HOST, PORT, MAILBOX_FILE, REQUESTS_PER_SECOND, OWN_DOMAINS, WEBHOOK_URL, FORGET_KEYS } = process.env;
const secret = setting('WEBHOOK_SECRET');
const mailbox = await startMailbox({
  port: Number(PORT),
  ...(HOST && { host: HOST }),
  ...(MAILBOX_FILE && { file: MAILBOX_FILE }),
  ...(REQUESTS_PER_SECOND && { requestsPerSecond: Number(REQUESTS_PER_SECOND) }),
  ...(WEBHOOK_URL && secret && { webhooks: { url: WEBHOOK_URL, secret } }),
  ...(FORGET_KEYS === 'on' && { forgetsKeys: true }),
  ...(OWN_DOMAINS && { ownDomains: OWN_DOMAINS.split(' ') }),
});
console.log(`The mailbox is at ${mailbox.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mailbox.stop());
