import express, { type Router } from 'express';
import { escapeHtml, page } from '../pages.js';
import { findings, losePatience, setFinding, type Finding, type MailDomain } from './domain.js';
import type { DomainStore } from './domain-store.js';

/** A page on which a tester plays the name server: each record of a domain is missing, wrong or right. */
export function domainPages(domains: DomainStore): Router {
  const pages = express.Router();
  pages.get('/mail-domains', (_request, response) => {
    response.type('html').send(listPage(domains.all()));
  });
  pages.post('/mail-domains/:id', express.urlencoded(), (request, response) => {
    const domain = domains.find(request.params.id);
    if (domain === undefined) return void response.status(404).type('text').send('There is no such domain.');
    const { record, finding, patience } = (request.body ?? {}) as Record<string, string | undefined>;
    if (patience !== undefined) domains.change(domain.id, losePatience);
    else if (isFinding(finding))
      domains.change(domain.id, (known, now) =>
        setFinding(known, record === 'all' ? 'all' : Number(record), finding, now),
      );
    response.redirect(303, '/mail-domains');
  });
  pages.post('/api/domains/:name/records', express.json(), (request, response) => {
    const domain = domains.find(request.params.name);
    if (domain === undefined) return void response.status(404).json({ message: 'There is no such domain.' });
    const { finding, record = 'all' } = (request.body ?? {}) as { finding?: unknown; record?: number | 'all' };
    if (!isFinding(finding))
      return void response.status(422).json({ message: `finding is one of ${findings.join(', ')}` });
    response.json(domains.change(domain.id, (known, now) => setFinding(known, record, finding, now)));
  });
  return pages;
}

function isFinding(value: unknown): value is Finding {
  return (findings as readonly unknown[]).includes(value);
}

function listPage(domains: readonly MailDomain[]): string {
  return page(
    'Domains',
    `<p><a href="/">Mailbox</a></p><h1>Domains</h1>
<p>Organizations’ email domains, as Resend would have them. Here you act as their name server: set the state of each record.</p>
${domains.length === 0 ? '<p>No domain has been added.</p>' : domains.map(section).join('')}`,
  );
}

function section(domain: MailDomain): string {
  const { id, name, status, records } = domain;
  const rows = records.map(
    (record, index) => `<tr><td>${record.type}</td><td>${escapeHtml(record.name)}</td>
      <td class="long">${escapeHtml(record.value)}</td><td>${record.status}</td>
      <td>${choice(id, String(index), record.finding, `${record.type} ${record.name}`)}</td></tr>`,
  );
  return `<h2>${escapeHtml(name)}: ${status}</h2>
<table><thead><tr><th>Type</th><th>Name</th><th>Value</th><th>State</th><th>In DNS</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>
<form method="post" action="/mail-domains/${id}"><input type="hidden" name="record" value="all">
<button name="finding" value="right">Set all right</button> <button name="finding" value="missing">Remove all</button>
<button name="patience" value="over">Skip 72 hours of failed checks</button></form>`;
}

function choice(id: string, record: string, chosen: Finding, label: string): string {
  const buttons = findings.map(
    (finding) =>
      `<button name="finding" value="${finding}" ${finding === chosen ? 'disabled' : ''}>${finding}</button>`,
  );
  return `<form method="post" action="/mail-domains/${id}" aria-label="${escapeHtml(label)}">
    <input type="hidden" name="record" value="${record}">${buttons.join(' ')}</form>`;
}
