import { randomUUID } from 'node:crypto';
import { forAllTests, rowsReadBy, testDatabase } from '@tenure/testing';
import { notificationsDatabase } from '../database/database.js';
import { ofAccount, pageOf } from './audit.service.js';

const database = forAllTests(() => testDatabase(notificationsDatabase));
const [organizationId, accountId] = [randomUUID(), randomUUID()];

/** 4,000 entries of the account, and as many of other accounts of its organization. */
beforeAll(async () => {
  await database.sql(
    `with notices as (
       insert into notifications.notices (notice_id, key, kind, organization_id, account_id, due_at, status,
         clock_ahead_seconds, requested_at, attempt_at, failures)
       select uuidv7(), number, 'reminder', $1, case when number % 2 = 0 then $2::uuid else uuidv7() end, now(), 'sent', 0,
         now(), now(), 0
       from generate_series(1, 400) as number
       returning notice_id)
     insert into notifications.audit (audit_id, at, organization_id, action, subject, caller, details)
     select uuidv7(), timestamptz '2027-11-24T10:00:00Z' - make_interval(secs => number), $1, 'delivery.sent', uuidv7(), 'notifications',
       jsonb_build_object('noticeId', notice_id, 'key', number)
     from notices, generate_series(1, 20) as number`,
    [organizationId, accountId],
  );
  await database.sql('analyze notifications.audit');
});

it.each([
  ['the first page', 'infinity'],
  ['a page in the middle', '2027-11-24T09:59:50.000Z'],
])('%s of the trail of an account reads as many entries as it has, however many there are', async (_, before) => {
  const read = await database.em().transactional(async (em) => {
    await em.execute(
      `select set_config('app.organization', ?, true), set_config('role', 'notifications_member', true)`,
      [organizationId],
    );
    return rowsReadBy(em, () => em.execute(pageOf(ofAccount), [accountId, before, randomUUID(), 51]));
  });
  expect(read).toBe(51);
});
