import type { ApplicationView } from '@tenure/contracts';
import type { Page } from 'playwright-core';
import { answers, isEmpty, refuses, refusesWith } from '../api-answers.js';
import { longName } from '../names.js';
import { decidedOf, pendingOf } from '../paths.js';
import { people } from '../people.js';
import type { Scene } from '../scene.js';

const queue = '/customer-success';
const decided = '/customer-success/decided';
const ofApplications = '/api/applications?*';
const ofChecks = '/api/applications/checks?*';
const ofHotel = pendingOf('Hotel Mirador', 'customer-success');

interface Session {
  member: { memberId: string };
}
interface Checks {
  items: { preview: { before: { contracted: number } | null } | null }[];
}

/** The account has 20 more datapoints at each request. */
function growing() {
  let asked = 0;
  return ({ items }: Checks) => {
    asked += 1;
    for (const { preview } of items) if (preview?.before) preview.before.contracted += 20 * (asked - 1);
    return { items };
  };
}

interface Waiting {
  items: { remindAt: string; escalateAt: string }[];
}

/** One application has waited for more than two working days, the others for more than five. */
const overdue = ({ items }: Waiting) => {
  const past = '2026-01-01T00:00:00.000Z';
  return { items: items.map((check, index) => ({ ...check, remindAt: past, ...(index > 0 && { escalateAt: past }) })) };
};

const withLongName = (application: ApplicationView) => ({
  ...application,
  accountName: longName,
  customerName: 'x'.repeat(100),
});

/** The application was rejected; its account had more datapoints at the decision than at the submission. */
function isRejected(page: Page): Promise<void> {
  return answers(page, '/api/applications/*', (application: ApplicationView): ApplicationView => {
    const decidedAt = application.submittedAt;
    return {
      ...application,
      status: 'rejected',
      endedAt: decidedAt,
      decision: {
        decisionId: application.applicationId,
        verdict: 'reject',
        reason: 'The meters of the second building are not installed yet.',
        decidedBy: { ...application.applicant, name: 'Oliver Grant' },
        decidedAt,
        seen: application.before && { ...application.before, contracted: application.before.contracted + 50 },
        outcome: 'applied',
        problem: null,
      },
    };
  });
}

/** The reviewer is the applicant. */
async function isOwn(page: Page): Promise<void> {
  let memberId = '';
  await answers(page, '/auth/session', (session: Session) => {
    memberId = session.member.memberId;
    return session;
  });
  await answers(page, '/api/applications/*', (application: ApplicationView) => ({
    ...application,
    applicant: { ...application.applicant, memberId },
  }));
}

export const reviewScenes: readonly Scene[] = [
  { name: 'queue', as: people.customerSuccess, path: queue },
  { name: 'queue-dark', as: people.customerSuccess, path: queue, scheme: 'dark' },
  { name: 'queue-spanish-320', as: people.customerSuccessInSpanish, path: queue, width: 320 },
  { name: 'queue-overdue', as: people.customerSuccess, path: queue, given: (page) => answers(page, ofChecks, overdue) },
  {
    name: 'queue-overdue-spanish-320',
    as: people.customerSuccessInSpanish,
    path: `${queue}?overdue=yes`,
    width: 320,
    scheme: 'dark',
    given: (page) => answers(page, ofChecks, overdue),
  },
  { name: 'queue-empty', as: people.customerSuccess, path: queue, given: (page) => isEmpty(page, ofApplications) },
  {
    name: 'queue-refused',
    as: people.customerSuccess,
    path: queue,
    given: (page) => refuses(page, ofApplications),
    complains: /503/,
    once: (page) => page.getByRole('button', { name: 'Try again' }).first().waitFor(),
  },
  {
    name: 'queue-long-names',
    as: people.customerSuccess,
    path: queue,
    given: (page) =>
      answers(page, ofApplications, (all: { items: ApplicationView[] }) => ({
        ...all,
        items: all.items.map(withLongName),
      })),
  },
  { name: 'decided', as: people.customerSuccess, path: decided },
  { name: 'decided-dark', as: people.customerSuccess, path: decided, scheme: 'dark' },
  { name: 'decided-spanish-320', as: people.customerSuccessInSpanish, path: decided, width: 320 },
  { name: 'decided-filtered', as: people.customerSuccess, path: `${decided}?type=new_account&state=rejected` },
  { name: 'decided-empty', as: people.customerSuccess, path: decided, given: (page) => isEmpty(page, ofApplications) },
  { name: 'decided-application', as: people.customerSuccess, path: decidedOf('Anchorage Depot') },
  { name: 'decided-change', as: people.customerSuccess, path: ofHotel, given: isRejected },
  {
    name: 'decided-change-spanish-320',
    as: people.customerSuccessInSpanish,
    path: ofHotel,
    width: 320,
    scheme: 'dark',
    given: isRejected,
  },
  { name: 'decision', as: people.customerSuccess, path: ofHotel },
  { name: 'decision-dark', as: people.customerSuccess, path: ofHotel, scheme: 'dark' },
  { name: 'decision-spanish-320', as: people.customerSuccessInSpanish, path: ofHotel, width: 320 },
  { name: 'decision-new-account', as: people.customerSuccess, path: pendingOf('Denver Labs', 'customer-success') },
  { name: 'decision-renewal', as: people.customerSuccess, path: pendingOf('Lakeside Mall', 'customer-success') },
  {
    name: 'decision-without-reason',
    as: people.customerSuccess,
    path: ofHotel,
    once: (page) => page.getByRole('button', { name: 'Reject', exact: true }).click(),
  },
  {
    name: 'decision-facts-changed',
    as: people.customerSuccess,
    path: ofHotel,
    given: async (page) => {
      await answers(page, ofChecks, growing());
      await refusesWith(page, '/decision', { status: 409, code: 'facts_changed' });
    },
    once: async (page) => {
      await page.getByRole('button', { name: 'Approve', exact: true }).click();
      await page.getByRole('button', { name: 'Seen' }).waitFor();
    },
    complains: /409/,
  },
  {
    name: 'decision-refused',
    as: people.customerSuccess,
    path: ofHotel,
    given: (page) => refusesWith(page, '/decision', { status: 422, code: 'contract_refused' }),
    once: async (page) => {
      await page.getByRole('button', { name: 'Approve', exact: true }).click();
      await page.getByRole('alert').waitFor();
    },
    complains: /422/,
  },
  { name: 'decision-own', as: people.customerSuccess, path: ofHotel, given: isOwn },
];
