import { startMailbox } from './mailbox.js';

const { HOST, PORT, MAILBOX_FILE, REQUESTS_PER_SECOND, OWN_DOMAINS } = process.env;
const mailbox = await startMailbox({
  port: Number(PORT),
  ...(HOST && { host: HOST }),
  ...(MAILBOX_FILE && { file: MAILBOX_FILE }),
  ...(REQUESTS_PER_SECOND && { requestsPerSecond: Number(REQUESTS_PER_SECOND) }),
  ...(OWN_DOMAINS && { ownDomains: OWN_DOMAINS.split(' ') }),
});
console.log(`The mailbox is at ${mailbox.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void mailbox.stop());
