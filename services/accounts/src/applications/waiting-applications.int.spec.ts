import { forAllTests, readMetrics } from '@tenure/testing';
import { anAccount, approved, decide, startWorld, submit } from '../testing/world.js';

const world = forAllTests(startWorld);

async function figure(metric: string, status: string): Promise<number> {
  const line = new RegExp(`^${metric}\\{status="${status}"\\} (\\S+)$`, 'm').exec(
    await readMetrics(world.service.health.metrics),
  );
  return Number(line?.[1]);
}
const sql = (text: string, applicationId: string) => world.service.database.sql(text, [applicationId]);
const decidedEarlier = `update accounts.decisions set decided_at = decided_at - interval '2 hours' where application_id = $1`;

async function expectTwoHours(status: string): Promise<void> {
  const late = await figure('tenure_applications_late_seconds', status);
  expect(late).toBeGreaterThanOrEqual(7_200);
  expect(late).toBeLessThan(7_800);
}

it('a pending application is late from when it should have lapsed; one that has ended never is', async () => {
  await submit(world);
  const { applicationId } = await submit(world);
  await anAccount(world);
  expect(await figure('tenure_applications', 'pending')).toBe(2);
  expect(await figure('tenure_applications_late_seconds', 'pending')).toBe(0);
  const lapsed = `update accounts.applications set lapses_at = now() - interval '2 hours' where application_id = $1`;
  await sql(lapsed, applicationId);
  await expectTwoHours('pending');
  await sql(
    `update accounts.applications set status = 'lapsed', ended_at = now() where application_id = $1`,
    applicationId,
  );
  expect(await figure('tenure_applications_late_seconds', 'pending')).toBe(0);
});

it('a decided application is late from its decision until that is settled', async () => {
  expect(await figure('tenure_applications', 'decided')).toBe(0);
  expect(await figure('tenure_applications_late_seconds', 'decided')).toBe(0);
  const { applicationId } = await submit(world);
  await decide(world, applicationId);
  expect(await figure('tenure_applications', 'decided')).toBe(1);
  await sql(decidedEarlier, applicationId);
  await expectTwoHours('decided');
  await sql(`update accounts.decisions set outcome = 'refused' where application_id = $1`, applicationId);
  expect(await figure('tenure_applications', 'decided')).toBe(0);
});

it('an approved application is late from its approval until it is fulfilled', async () => {
  expect(await figure('tenure_applications', 'approved')).toBe(0);
  expect(await figure('tenure_applications_late_seconds', 'approved')).toBe(0);
  const { applicationId } = await approved(world);
  expect(await figure('tenure_applications', 'approved')).toBe(1);
  await sql(decidedEarlier, applicationId);
  await expectTwoHours('approved');
});
