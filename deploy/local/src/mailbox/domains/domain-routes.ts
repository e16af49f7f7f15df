import express, { type RequestHandler, type Router } from 'express';
import type { Faults } from '../faults.js';
import { pageOfList } from '../page-of-list.js';
import { startVerification, type DomainRecord, type MailDomain } from './domain.js';
import type { DomainStore } from './domain-store.js';

export interface DomainRoutes {
  domains: DomainStore;
  faults: Faults;
  /** Middleware for every request. */
  before: readonly RequestHandler[];
}

/** The part of Resend's domain API that Tenure uses. */
export function domainRoutes(api: Router, { domains, faults, before }: DomainRoutes): void {
  api.post('/domains', ...before, express.json({ type: () => true }), (request, response) => {
    const { name } = (request.body ?? {}) as { name?: unknown };
    const added = domains.add(name);
    if (faults.swallowsAnswer(request)) return;
    response.status(201).json(described(added));
  });
  api.get('/domains', ...before, (request, response) => {
    response.json(pageOfList(domains.all(), request.query, listed));
  });
  api.get('/domains/:id', ...before, (request, response) => {
    response.json({ object: 'domain', ...described(domains.get(String(request.params.id))) });
  });
  api.post('/domains/:id/verify', ...before, (request, response) => {
    const { id } = domains.change(String(request.params.id), startVerification);
    response.json({ object: 'domain', id });
  });
  api.delete('/domains/:id', ...before, (request, response) => {
    const id = String(request.params.id);
    domains.remove(id);
    response.json({ object: 'domain', id, deleted: true });
  });
}

function listed({ id, name, status, createdAt }: MailDomain) {
  const capabilities = { sending: 'enabled', receiving: 'disabled' };
  return { id, name, status, created_at: createdAt, region: 'eu-west-1', capabilities };
}

function described(domain: MailDomain) {
  return { ...listed(domain), records: domain.records.map(shown) };
}

/** Hides the tester's findings, which Resend would not return. */
function shown({ record, name, type, ttl, status, value, priority }: DomainRecord) {
  return { record, name, type, ttl, status, value, ...(priority !== undefined && { priority }) };
}
