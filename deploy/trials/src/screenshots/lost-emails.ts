import type { AnswerOf, DeliverySummary, listDeliveries, MarkedAddressView, NamedReference } from '@tenure/contracts';
import type { Page } from 'playwright-core';
import { answers } from './api-answers.js';

/** States that the sample data do not have, because all their e-mails arrive. */
export const ofUnclear = '/api/deliveries?*';

const uuid = (last: number) => `00000000-0000-7000-8000-${String(last).padStart(12, '0')}`;

const marked: MarkedAddressView[] = [
  {
    address: 'sofia@solar-partner.example',
    why: 'bounced',
    words: 'smtp; 550 5.1.1 The email account that you tried to reach does not exist.',
    markedAt: '2026-11-20T08:00:04.000Z',
    deliveryId: uuid(1),
  },
  {
    address: 'administracion.cuentas.y.licencias@correo.solar-partner.example',
    why: 'complained',
    words: null,
    markedAt: '2026-10-02T07:31:00.000Z',
    deliveryId: uuid(2),
  },
  {
    address: 'cuentas@solar-partner.example',
    why: 'suppressed',
    words: null,
    markedAt: '2026-09-14T12:00:00.000Z',
    deliveryId: uuid(3),
  },
];

/** The organization has marked addresses. */
export async function withMarked(page: Page): Promise<void> {
  await page.route('**/api/{marked-addresses,organizations/*/marked-addresses}', (route) =>
    route.fulfill({ json: { items: marked } }),
  );
}

/** The searched address is marked in the organization of its e-mails. */
export async function markedFor(page: Page): Promise<void> {
  await answers(page, '/api/deliveries?email=*', (found: AnswerOf<typeof listDeliveries>) => ({
    ...found,
    marks: found.items.slice(0, 1).map(({ organizationId }) => ({ ...marked[0]!, organizationId })),
  }));
}

const undecided = {
  organizationId: uuid(90),
  offset: null,
  termNumber: null,
  accountId: null,
  applicationId: null,
  status: 'unknown',
  reason: 'no_answer',
  sentAt: null,
  providerId: null,
} as const;
const organizationName = 'Solar Partner';
const unclear: (DeliverySummary & { about: NamedReference })[] = [
  {
    ...undecided,
    deliveryId: uuid(11),
    noticeId: uuid(21),
    key: `${uuid(31)}/1/P7D`,
    kind: 'reminder',
    offset: 'P7D',
    termNumber: 1,
    accountId: uuid(31),
    email: 'marc@solar-partner.example',
    name: 'Marc Ribas',
    dueAt: '2026-11-24T08:00:00.000Z',
    about: { organizationName, accountName: 'Nave Guadalhorce', application: null },
  },
  {
    ...undecided,
    deliveryId: uuid(12),
    noticeId: uuid(22),
    key: `${uuid(32)}/application_received`,
    kind: 'application_received',
    applicationId: uuid(32),
    email: 'lena@platform.example',
    name: 'Lena Hoffmann',
    dueAt: '2026-11-24T09:12:00.000Z',
    about: {
      organizationName,
      accountName: 'Colegio Sol',
      application: { type: 'new_account', status: 'pending' },
    },
  },
  {
    ...undecided,
    deliveryId: uuid(13),
    noticeId: uuid(23),
    key: `${uuid(90)}/mail.solar-partner.example/failed`,
    kind: 'email_domain_failed',
    email: 'cuentas@solar-partner.example',
    name: null,
    dueAt: '2026-11-24T10:00:00.000Z',
    about: { organizationName, accountName: null, application: null },
  },
];

/** There are e-mails whose outcome is unknown. */
export async function withUnclear(page: Page): Promise<void> {
  const answer = { items: unclear, next: null, count: unclear.length };
  await page.route(`**${ofUnclear}`, (route) => route.fulfill({ json: answer }));
}
