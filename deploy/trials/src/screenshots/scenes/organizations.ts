import type { AnswerOf, EmailDomainDetails, findOrganizations, listOrganizationMembers } from '@tenure/contracts';
import type { Page } from 'playwright-core';
import { answers, isEmpty, refuses } from '../api-answers.js';
import { withMarked, withUnclear } from '../lost-emails.js';
import { longName } from '../names.js';
import { organizationNamed } from '../paths.js';
import { people } from '../people.js';
import type { Scene } from '../scene.js';

const organizations = '/customer-success/organizations';
const solar = organizationNamed('Solar Partner');
const lost = 'avisos.instalaciones-fotovoltaicas.solar-partner.example';

/** Everything that can need attention does. */
async function withNeeds(page: Page): Promise<void> {
  await withUnclear(page);
  await withMarked(page);
  const domain: EmailDomainDetails = {
    ...{ domain: lost, organizationId: '00000000-0000-7000-8000-000000000090', status: 'failed' },
    sender: `notices@${lost}`,
    records: [
      {
        type: 'MX',
        name: `send.${lost}`,
        value: 'feedback-smtp.eu-west-1.amazonses.com',
        priority: 10,
        status: 'failed',
      },
    ],
    verifiedAt: '2026-10-30T10:00:00.000Z',
    checkedAt: '2026-11-24T09:30:00.000Z',
  };
  await page.route('**/api/organizations/*/email-domains', (route) => route.fulfill({ json: { items: [domain] } }));
  await page.route(`**/api/organizations/*/email-domains/${lost}`, (route) => route.fulfill({ json: domain }));
}
const seeRecords = (page: Page) => page.getByRole('button', { name: new RegExp(`: ${lost}$`) }).click();

export const organizationScenes: readonly Scene[] = [
  { name: 'organizations', as: people.customerSuccess, path: organizations },
  { name: 'organizations-dark', as: people.customerSuccess, path: organizations, scheme: 'dark' },
  {
    name: 'organizations-spanish-320',
    as: people.customerSuccessInSpanish,
    path: organizations,
    width: 320,
    given: (page) =>
      answers(page, '/api/organizations*', (all: AnswerOf<typeof findOrganizations>) => ({
        ...all,
        items: all.items.map((one, index) => (index === 0 ? { ...one, name: longName } : one)),
      })),
  },
  {
    name: 'organizations-empty',
    as: people.customerSuccess,
    path: `${organizations}?text=zzz`,
    given: (page) => isEmpty(page, '/api/organizations?*'),
  },
  { name: 'organization', as: people.customerSuccess, path: solar },
  { name: 'organization-dark', as: people.customerSuccess, path: solar, scheme: 'dark' },
  { name: 'organization-needs', as: people.customerSuccess, path: solar, given: withNeeds, once: seeRecords },
  {
    name: 'organization-needs-spanish-320',
    as: people.customerSuccessInSpanish,
    path: solar,
    width: 320,
    given: withNeeds,
    once: seeRecords,
  },
  {
    name: 'organization-without-superadmin',
    as: people.customerSuccess,
    path: solar,
    given: (page) =>
      answers(page, '/api/organizations/*/members?*', (all: AnswerOf<typeof listOrganizationMembers>) => ({
        ...all,
        items: all.items.map((member) => ({ ...member, roles: [] })),
      })),
  },
  {
    name: 'organization-in-part',
    as: people.customerSuccess,
    path: solar,
    given: async (page) => {
      await refuses(page, '/api/organizations/*/{email-domains,marked-addresses}');
      await refuses(page, '/api/deliveries?*');
    },
    once: (page) => page.getByRole('button', { name: 'Try again' }).first().waitFor(),
    complains: /503/,
  },
];
