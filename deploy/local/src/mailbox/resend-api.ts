import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import type { Email } from './email.js';
import type { Faults } from './faults.js';
import type { DomainStore } from './domains/domain-store.js';
import { domainRoutes } from './domains/domain-routes.js';
import type { MailStore } from './mail-store.js';
import { pageOfList } from './page-of-list.js';
import { Refusal } from './refusal.js';
import type { Outcomes } from './webhooks/outcomes.js';
import { readBatch, readEmail, type EmailContent } from './validation.js';

export interface ResendApiOptions {
  store: MailStore;
  domains: DomainStore;
  faults: Faults;
  outcomes: Outcomes;
  requestsPerSecond: number;
  now: () => Date;
}

/** The part of Resend's API that Tenure uses, with its rules for keys and rates. */
export function resendApi({ store, domains, faults, outcomes, requestsPerSecond, now }: ResendApiOptions): Router {
  const api = express.Router();
  const before = [faults.before, authenticate, rateLimit(requestsPerSecond, faults, now)];

  const send =
    (read: (body: unknown) => EmailContent[], answer: (emails: Email[]) => unknown): RequestHandler =>
    async (request, response) => {
      const payload = [request.path, request.body];
      const emails = await store.accept(read(request.body), idempotencyKey(request), payload, (contents) => {
        for (const { from } of contents) domains.refuseUnverified(from);
      });
      if (faults.swallowsAnswer(request)) return;
      response.json(answer(emails));
    };
  api.post(
    '/emails',
    before,
    express.json({ limit: '40mb', type: () => true }),
    send(
      (body) => [readEmail(body)],
      ([email]) => ({ id: email!.id }),
    ),
  );
  api.post(
    '/emails/batch',
    before,
    express.json({ limit: '40mb', type: () => true }),
    send(readBatch, (emails) => ({ data: emails.map(({ id }) => ({ id })) })),
  );

  api.get('/emails/:id', before, (request: Request, response: Response) => {
    const email = store.emails.find(({ id }) => id === request.params.id);
    if (!email) throw new Refusal(404, 'not_found', 'Email not found');
    const { html, text, tags } = email;
    response.json({ object: 'email', ...listed(email, outcomes), html, text, tags });
  });
  api.get('/emails', before, (request: Request, response: Response) => {
    response.json(pageOfList(store.emails.toReversed(), request.query, (email) => listed(email, outcomes)));
  });
  domainRoutes(api, { domains, faults, before });
  api.use(refuse);
  return api;
}

function listed(email: Email, outcomes: Outcomes) {
  const { id, at, from, to, cc, bcc, replyTo, subject } = email;
  const lists = { cc: orNull(cc), bcc: orNull(bcc), reply_to: orNull(replyTo) };
  const message_id = `<${id}@mailbox.example>`;
  return {
    id,
    message_id,
    from,
    to,
    ...lists,
    subject,
    created_at: at,
    last_event: outcomes.eventsOf(email).at(-1) ?? 'sent',
    scheduled_at: null,
  };
}

function orNull(list: string[]): string[] | null {
  return list.length > 0 ? list : null;
}

function idempotencyKey(request: Request): string | null {
  const key = request.get('idempotency-key');
  if (key === undefined) return null;
  if (key.length >= 1 && key.length <= 256) return key;
  throw new Refusal(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.');
}

const authenticate: RequestHandler = (request, _response, next) => {
  if (!request.get('user-agent')) throw new Refusal(403, 'application_error', 'error code: 1010');
  const key = /^Bearer\s+(\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  if (!key) throw new Refusal(401, 'missing_api_key', 'Missing API Key');
  if (!key.startsWith('re_')) throw new Refusal(403, 'invalid_api_key', 'API key is invalid');
  next();
};

/** Limits the requests in each one-second window, for the whole team. */
function rateLimit(limit: number, faults: Faults, now: () => Date): RequestHandler {
  let windowStart = 0;
  let used = 0;
  return (_request, response, next) => {
    const at = now().getTime();
    if (at - windowStart >= 1000 || at < windowStart) [windowStart, used] = [at, 0];
    const limited = faults.limitsRate() || used >= limit;
    if (!limited) used += 1;
    const reset = String(Math.max(1, Math.ceil((windowStart + 1000 - at) / 1000)));
    response.set({
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(limited ? 0 : limit - used),
      'ratelimit-reset': reset,
    });
    if (!limited) return next();
    response.set('retry-after', reset);
    throw new Refusal(429, 'rate_limit_exceeded', `Too many requests. You can only make ${limit} requests per second.`);
  };
}

const refuse: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const refusal = asRefusal(error);
  response.status(refusal.statusCode).json(refusal);
};

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof SyntaxError) return new Refusal(400, 'validation_error', 'The request body is not valid JSON.');
  return new Refusal(500, 'application_error', `The mailbox failed: ${String(error)}`);
}
