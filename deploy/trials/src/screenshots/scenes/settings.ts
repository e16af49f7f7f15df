import type { EmailDomainDetails, EmailDomainStatus, PolicyChangeView, PolicyView } from '@tenure/contracts';
import type { Page } from 'playwright-core';
import { answers } from '../api-answers.js';
import { people } from '../people.js';
import type { Scene } from '../scene.js';

const settings = '/account-management/settings';
const domains = `${settings}/email-domains`;
const reminders = `${settings}/reminders`;
const calendar = `${settings}/calendar`;
const audit = `${settings}/audit`;

const organizationId = '00000000-0000-7000-8000-000000000090';
const dkim = `p=${'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC'.repeat(5)}wIDAQAB`;

function domainWith(domain: string, status: EmailDomainStatus): EmailDomainDetails {
  const record = (type: string, name: string, value: string, priority: number | null, of = status) => ({
    ...{ type, name, value, priority },
    status: of,
  });
  return {
    ...{ domain, organizationId, status },
    sender: `notices@${domain}`,
    records: [
      record('TXT', `tenure._domainkey.${domain}`, dkim, null, status === 'failed' ? 'verified' : status),
      record('MX', `send.${domain}`, 'feedback-smtp.eu-west-1.amazonses.com', 10),
      record('TXT', `send.${domain}`, 'v=spf1 include:amazonses.com ~all', null),
    ],
    verifiedAt: status === 'pending' ? null : '2026-10-30T10:00:00.000Z',
    checkedAt: '2026-11-24T09:30:00.000Z',
  };
}
const inEachState: EmailDomainDetails[] = [
  domainWith('correo.solar-partner.example', 'pending'),
  domainWith('mail.solar-partner.example', 'verified'),
  domainWith('avisos.instalaciones-fotovoltaicas.solar-partner.example', 'failed'),
];

/** One domain in each state, by default. */
async function withDomains(page: Page, of: EmailDomainDetails[] = inEachState): Promise<void> {
  const items = of.map(({ domain, status }) => ({ domain, organizationId, status }));
  await page.route('**/api/email-domains', (route) =>
    route.request().method() === 'GET' ? route.fulfill({ json: { items } }) : route.fallback(),
  );
  for (const each of of)
    await page.route(`**/api/email-domains/${each.domain}`, (route) => route.fulfill({ json: each }));
}
const beingPrepared = (page: Page) =>
  withDomains(page, [{ ...domainWith('nuevo.solar-partner.example', 'pending'), records: [], checkedAt: null }]);

const changing = (change: Partial<PolicyChangeView>) => (page: Page) =>
  answers(page, '/api/reminder-policy', (policy: PolicyView) => ({
    ...policy,
    version: 2,
    change: {
      ...{ version: 2, state: 'applying', total: 12_480, lookedAt: 3_120, moved: 3_100 },
      ...{ requestedBy: organizationId, requestedAt: '2026-11-24T09:30:00.000Z', endedAt: null },
      ...change,
    } satisfies PolicyChangeView,
  }));

/**
 * Simulates creating a calendar address, consistently for later requests too, because the page refetches on live
 * updates.
 */
async function makesAnAddress(page: Page): Promise<void> {
  const url = `https://tenure.example/calendar/${'x7Rk2'.repeat(8)}.ics`;
  const addresses = { feed: null as { createdAt: string } | null, inReminders: 4 };
  await page.route('**/api/calendars', (route) => route.fulfill({ json: addresses }));
  await page.route('**/api/calendars/feed', (route) => {
    addresses.feed = { createdAt: '2026-11-24T09:30:00.000Z' };
    return route.fulfill({ json: { ...addresses, url } });
  });
}
const made = (button: string) => async (page: Page) => {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('textbox').waitFor();
};

export const settingsScenes: readonly Scene[] = [
  { name: 'organization-audit', as: people.superAdmin, path: audit },
  { name: 'organization-audit-spanish-320', as: people.superAdminInSpanish, path: audit, width: 320, scheme: 'dark' },
  { name: 'email-domains', as: people.superAdmin, path: domains, given: withDomains },
  { name: 'email-domains-dark', as: people.superAdmin, path: domains, given: withDomains, scheme: 'dark' },
  { name: 'email-domains-spanish', as: people.superAdminInSpanish, path: domains, given: withDomains },
  { name: 'email-domains-spanish-320', as: people.superAdminInSpanish, path: domains, given: withDomains, width: 320 },
  { name: 'email-domains-none', as: people.superAdmin, path: domains, given: (page) => withDomains(page, []) },
  { name: 'email-domains-being-prepared', as: people.superAdmin, path: domains, given: beingPrepared },
  {
    name: 'email-domains-wrong',
    as: people.superAdmin,
    path: domains,
    given: (page) => withDomains(page, []),
    once: async (page) => {
      await page.getByLabel('Domain', { exact: true }).fill('co.uk');
      await page.getByRole('button', { name: 'Add the domain' }).click();
      await page.getByRole('main').getByText('Anyone can have a domain under this name').waitFor();
    },
    complains: /422/,
  },
  {
    name: 'email-domains-in-use',
    as: people.superAdmin,
    path: domains,
    once: async (page) => {
      await page.getByRole('button', { name: 'Delete mail.solar-partner.example' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('dialog').getByText('It is in use and cannot be deleted').waitFor();
    },
    complains: /409/,
  },
  {
    name: 'email-domains-restored-spanish-320',
    as: people.superAdminInSpanish,
    path: domains,
    width: 320,
    given: (page) => withDomains(page, []),
    once: async (page) => {
      await page.getByLabel('Dominio', { exact: true }).fill('correo.solar-partner.example');
      await page.getByLabel('Dirección de la imagen').fill('https://solar-partner.example/logo.png');
      await page.reload();
      await page.getByText('Tu borrador', { exact: false }).nth(1).waitFor();
    },
  },
  {
    name: 'addresses-restored',
    as: people.superAdmin,
    path: `${settings}/addresses`,
    once: async (page) => {
      await page.getByLabel('E-mail address').fill('office@solar-partner.example');
      await page.reload();
      await page.getByText('Your draft is here', { exact: false }).waitFor();
    },
  },
  { name: 'reminders-dark', as: people.superAdmin, path: reminders, scheme: 'dark' },
  { name: 'reminders-320', as: people.superAdmin, path: reminders, width: 320 },
  { name: 'reminders-applying', as: people.superAdmin, path: reminders, given: changing({}) },
  {
    name: 'reminders-stopped-spanish-320',
    as: people.superAdminInSpanish,
    path: reminders,
    given: changing({ state: 'stopped' }),
    width: 320,
  },
  {
    name: 'reminders-applied',
    as: people.superAdmin,
    path: reminders,
    given: changing({ state: 'applied', lookedAt: 12_480, endedAt: '2026-11-24T09:31:12.000Z' }),
  },
  {
    name: 'calendar-made',
    as: people.superAdmin,
    path: calendar,
    given: makesAnAddress,
    once: made('Create an address'),
  },
  {
    name: 'calendar-made-spanish-320',
    as: people.superAdminInSpanish,
    path: calendar,
    width: 320,
    given: makesAnAddress,
    once: made('Crear una dirección'),
  },
];
