import { eventually, forAllTests } from '@tenure/testing';
import { ana, toldOf } from '../testing/answers.js';
import { aReminder, helios, setStage } from '../testing/stage.js';

const stage = forAllTests(setStage);

it("when the database's clock is set back, notices are sent, and what may have been accepted is not sent again", async () => {
  const { sql } = stage.database;
  const before = await stage.start({ SEND_LEASE_SECONDS: '11' });
  stage.provider.setFault('break-after-accept');
  const accepted = aReminder();
  await stage.request(accepted);
  await stage.beforeRepeat(accepted.key, async () => {
    await before.close();
    stage.provider.setFault(null);
  });
  const [waiting, claimed] = [aReminder(), aReminder()];
  for (const reminder of [waiting, claimed]) await stage.store(reminder);
  await sql(
    `update notifications.notices set claim_id = uuidv7(), claimed_until = now() + interval '1 second' where key = $1`,
    [claimed.key],
  );

  const ahead = `+ interval '26 hours'`;
  await sql(`update notifications.turns set free_at = free_at ${ahead}`);
  await sql(
    `update notifications.notices set attempt_at = attempt_at ${ahead}, claimed_until = claimed_until ${ahead}`,
  );
  await sql(`update notifications.dispatches set attempt_at = attempt_at ${ahead},
               first_attempt_at = first_attempt_at ${ahead}`);
  await stage.start({ SEND_TIMEOUT_SECONDS: '1', SEND_LEASE_SECONDS: '2' });

  for (const { key } of [waiting, claimed]) expect(await stage.ended(key)).toMatchObject({ status: 'sent' });
  expect(await stage.ended(accepted.key)).toMatchObject({ deliveries: [{ status: 'unknown' }] });
  expect([accepted, waiting, claimed].map(({ key }) => stage.emailsOf(key).length)).toEqual([1, 1, 1]);
});

it("when the database's clock is set back, the fallback address gets an e-mail that had bounced for everybody", async () => {
  const office = 'office@helios.example';
  stage.others.told = () => toldOf({ recipients: [ana], fallbackEmail: office });
  await stage.start();
  const reminder = aReminder();
  const { key } = reminder;
  await stage.request(reminder);
  await stage.ended(key);
  await stage.database.sql(
    `with bounced as (
       update notifications.notices set reach_at = now() + interval '26 hours' where key = $1 returning notice_id)
     update notifications.deliveries set status = 'bounced' where notice_id = (select notice_id from bounced)`,
    [key],
  );
  await stage.start({ SEND_TIMEOUT_SECONDS: '1', SEND_LEASE_SECONDS: '2' });
  await eventually(() => expect(stage.emailsOf(key).map(({ to }) => to[0])).toEqual([ana.email, office]));
});

it("when the database's clock is set back, a bounced e-mail is retried, and domains are checked", async () => {
  const { sql } = stage.database;
  await stage.start();
  const reminder = aReminder();
  const { key } = reminder;
  await stage.request(reminder);
  await stage.ended(key);
  await sql(
    `update notifications.deliveries d set status = 'bounced', retry_at = now() + interval '26 hours'
     from notifications.notices n where n.notice_id = d.notice_id and n.key = $1`,
    [key],
  );
  const domain = 'mail.helios.example';
  await sql(
    `insert into notifications.email_domains (domain, organization_id, status, sender, added_at, look_at)
     values ($1, $2, 'pending', 'notices@' || $1, now(), now() + interval '26 hours')`,
    [domain, helios],
  );
  await stage.start({ SEND_TIMEOUT_SECONDS: '1', SEND_LEASE_SECONDS: '2' });
  await eventually(() => expect(stage.emailsOf(key)).toHaveLength(2));
  await eventually(() => expect(stage.provider.domain(domain)).toBeDefined());
});
