import type { Stack } from '@tenure/local/supervisor/find-stack';
import { allocate } from '@tenure/local/api/allocate';
import { accounts, decide, submit } from '@tenure/local/api/calls';
import { given, type Person } from '@tenure/local/api/person';
import type { Page } from 'playwright-core';
import { add, type Rounds } from './report.js';
import { openEmptyPage } from './empty-page.js';
import { seenAfter } from './vitals.js';

/** The people who watch pages and who make changes. */
export interface Changing {
  stack: Stack;
  applicant: Person;
  reviewer: Person;
  /** The applicant's own browser, and the reviewer's. */
  applicantPage: Page;
  reviewerPage: Page;
}

/** Datapoints in use before the bench. Each round has figures and names that occur only once. */
const already = { harborTower: 2_500 };

/** How long it takes from sending, allocating or deciding until another person's open page shows it. */
export async function changesOfConsole(
  { stack, applicant, reviewer, applicantPage, reviewerPage }: Changing,
  round: number,
  rounds: Rounds,
): Promise<void> {
  const accountId = await accountNamed(applicant, 'Harbor Tower');
  await applicantPage.goto(`/account-management/active`);
  await applicantPage.getByText('Harbor Tower').waitFor();
  const used = (already.harborTower + round).toLocaleString('en-US');
  const seesUse = seenAfter(applicantPage, `${used} used`, () => device(stack, accountId, round));
  add(rounds, 'datapoints that a device uses', await seesUse);

  await reviewerPage.goto('/customer-success');
  await reviewerPage.getByText('Denver Labs').waitFor();
  const sent: { applicationId?: string } = {};
  const seesSent = seenAfter(reviewerPage, '1 change', async () => {
    sent.applicationId = await newAccount(applicant, `Bench ${round}`);
  });
  add(rounds, 'a new application', await seesSent);

  const applicationId = sent.applicationId!;
  await applicantPage.goto(`/account-management/applications/${applicationId}`);
  await applicantPage.getByRole('main').getByText('Pending', { exact: true }).waitFor();
  const reject = { verdict: 'reject', reason: 'It was only measured.', seen: null } as const;
  const seesDecision = seenAfter(applicantPage, 'Rejected by', () => decide(reviewer, applicationId, reject));
  add(rounds, 'a decision', await seesDecision);
}

/** The same change of use on an empty page, which shows every event that it receives. */
export async function changeOfEmptyPage(
  { stack, reviewer, reviewerPage }: Pick<Changing, 'stack' | 'reviewer' | 'reviewerPage'>,
  round: number,
  rounds: Rounds,
): Promise<void> {
  const accountId = await accountNamed(reviewer, 'Lakeside Mall');
  await openEmptyPage(reviewerPage);
  add(
    rounds,
    'empty page: datapoints that a device uses',
    await seenAfter(reviewerPage, accountId, () => device(stack, accountId, round)),
  );
}

async function device(stack: Stack, accountId: string, datapoints: number): Promise<void> {
  given(await allocate(stack, { accountId, deviceId: 'bench', datapoints }));
}

async function newAccount(applicant: Person, accountName: string): Promise<string> {
  const request = { type: 'new_account', accountName, customerName: 'Bench', license: 'plus', datapoints: 100 };
  return given(await submit(applicant, { ...request, sector: 'hotel' })).applicationId;
}

async function accountNamed(person: Person, text: string): Promise<string> {
  const { items } = given(await accounts(person, { zone: 'active', text }));
  return items[0]!.accountId;
}
