import express from 'express';
import { serve } from '../servers/http-server.js';
import { domainPages } from './domains/domain-pages.js';
import { setFinding, type Finding, type MailDomain } from './domains/domain.js';
import { DomainStore } from './domains/domain-store.js';
import { addressOf, type Email } from './email.js';
import { faultModes, Faults, type FaultMode } from './faults.js';
import { MailStore } from './mail-store.js';
import { listPage, mailPage } from './pages.js';
import { resendApi } from './resend-api.js';
import { emailEvents, emailOutcomes, Outcomes, type EmailEvent, type EmailOutcome } from './webhooks/outcomes.js';
import { webhookOf } from './webhooks/webhook.js';
import { WebhookQueue, type WebhookTarget } from './webhooks/webhook-queue.js';

export interface MailboxOptions {
  /** Default: a free one. */
  port?: number;
  /** Default: reachable from this machine only. */
  host?: string;
  /** Where the e-mails are stored; in memory by default. */
  file?: string;
  /** Resend's default is 5 for a team. */
  requestsPerSecond?: number;
  /** Domains that may send without being added: the platform's own. By default every domain that is not added here. */
  ownDomains?: readonly string[];
  /** The receiver of webhooks; none by default. */
  webhooks?: WebhookTarget;
  /** Ignores idempotency keys, unlike Resend: for a drill that provokes duplicates. */
  forgetsKeys?: boolean;
  now?: () => Date;
}

export interface Mailbox {
  port: number;
  /** For `RESEND_BASE_URL`, and the page for people. */
  url: string;
  /** All e-mails, oldest first. */
  emails(): readonly Email[];
  /** When each send request arrived, by `performance.now()`, accepted or not. */
  requests(): readonly number[];
  /** An email domain by its name. */
  domain(name: string): MailDomain | undefined;
  /** Sets what the name server has for one of its records, or for all. */
  setRecords(name: string, finding: Finding, record?: number): void;
  setFault(mode: FaultMode | null, times?: number): void;
  /** Sets the outcome of e-mails to this address from now on; null: they arrive. */
  setOutcome(address: string, outcome: EmailOutcome | null): void;
  /** Sends one more webhook about an e-mail. */
  tell(emailId: string, event: EmailEvent): Promise<void>;
  stop(): Promise<void>;
}

/** A small stand-in for Resend's API that stores the e-mails and shows them on a page. */
export async function startMailbox(options: MailboxOptions = {}): Promise<Mailbox> {
  const { port = 0, requestsPerSecond = 5, now = () => new Date() } = options;
  const domains = new DomainStore({
    file: options.file && `${options.file}.domains.json`,
    ownDomains: options.ownDomains,
    now,
  });
  const faults = new Faults();
  const outcomes = new Outcomes();
  const queue = options.webhooks && new WebhookQueue(options.webhooks, options.file && `${options.file}.told`);
  const toTell = (email: Email, event: EmailEvent) => webhookOf(email, event, outcomes.of(email), now());
  const store = await MailStore.open(
    options.file,
    now,
    {
      of: (email) => (queue ? outcomes.eventsOf(email).map((event) => toTell(email, event)) : []),
      tell: (webhook) => queue?.add(webhook),
    },
    options.forgetsKeys ?? false,
  );
  const requests: number[] = [];
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');

  app.get('/ready', (_request, response) => void response.json({ ready: true }));
  app.get('/', (request, response) => {
    const recipient = text(request.query.to);
    const found = select(store.emails, { to: recipient });
    response.type('html').send(listPage(found.slice(0, 500), recipient, store.emails.length));
  });
  app.get('/mail/:id', (request, response) => {
    const email = store.emails.find(({ id }) => id === request.params.id);
    if (!email) return void response.status(404).type('text').send('There is no such e-mail.');
    response.type('html').send(mailPage(email));
  });
  app.post('/mail/:id/events', express.urlencoded({ extended: false }), express.json(), (request, response) => {
    const email = store.emails.find(({ id }) => id === request.params.id);
    const { event } = (request.body ?? {}) as { event?: EmailEvent };
    if (!email) return void response.status(404).type('text').send('There is no such e-mail.');
    if (event === undefined || !emailEvents.includes(event))
      return void response.status(422).json({ message: `event is one of ${emailEvents.join(', ')}` });
    return store.tell(toTell(email, event)).then(() => response.redirect(303, `/mail/${email.id}`));
  });
  app.post('/api/outcomes', express.json(), (request, response) => {
    const { address = '', outcome = null } = (request.body ?? {}) as {
      address?: string;
      outcome?: EmailOutcome | null;
    };
    if (address === '' || (outcome !== null && !emailOutcomes.includes(outcome)))
      return void response.status(422).json({ message: `outcome is one of ${emailOutcomes.join(', ')}, or null` });
    outcomes.set(address, outcome);
    response.json({ address, outcome });
  });
  app.get('/api/emails', (request, response) => {
    response.json(select(store.emails, { to: text(request.query.to), since: text(request.query.since) }));
  });
  app.post('/api/faults', express.json(), (request, response) => {
    const { mode = null, times } = (request.body ?? {}) as { mode?: FaultMode | null; times?: number };
    if (mode !== null && !faultModes.includes(mode))
      return void response.status(422).json({ message: `mode is one of ${faultModes.join(', ')}, or null` });
    faults.set(mode, times);
    response.json({ mode });
  });
  app.post(['/emails', '/emails/batch'], (_request, _response, next) => {
    requests.push(performance.now());
    next();
  });
  app.use(domainPages(domains));
  app.use(resendApi({ store, domains, faults, outcomes, requestsPerSecond, now }));

  const server = await serve(app, { port, host: options.host });
  return {
    port: server.port,
    url: `http://127.0.0.1:${server.port}`,
    emails: () => store.emails,
    requests: () => requests,
    domain: (name) => domains.find(name),
    setRecords: (name, finding, record) =>
      void domains.change(domains.find(name)?.id ?? name, (domain, at) =>
        setFinding(domain, record ?? 'all', finding, at),
      ),
    setFault: (mode, times) => faults.set(mode, times),
    setOutcome: (address, outcome) => outcomes.set(address, outcome),
    tell: (emailId, event) =>
      store.tell(
        toTell(
          store.emails.find(({ id }) => id === emailId)!,
          event,
        ),
      ),
    async stop() {
      await server.stop();
      await queue?.stop();
      await store.close();
    },
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Newest first; `to` matches a part of an address, `since` is the earliest instant. */
function select(emails: readonly Email[], { to = '', since = '' }: { to?: string; since?: string }): Email[] {
  const part = to.trim().toLowerCase();
  const earliest = since ? Date.parse(since) : -Infinity;
  return emails
    .filter(
      (email) => email.to.some((recipient) => addressOf(recipient).includes(part)) && Date.parse(email.at) >= earliest,
    )
    .toReversed();
}
