import { saveEmailDomain } from '@tenure/contracts';
import { eventually, forAllTests, readMetrics, type TestService } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { aReminder, deliveryIdOf, helios, setStage } from '../testing/stage.js';

const stage = forAllTests(setStage);
let service: TestService;
beforeEach(async () => {
  stage.reset();
  service = await stage.start();
});
afterEach(() => service.close());

/** The samples of one metric that are not 0, by label. */
async function figures(metric: string): Promise<Record<string, number>> {
  const lines = (await readMetrics(service.health.metrics)).matchAll(
    new RegExp(`^${metric}(?:{\\w+="(\\w+)"})? (\\S+)$`, 'gm'),
  );
  return Object.fromEntries(
    [...lines].flatMap(([, label = '', value]) => (value === '0' ? [] : [[label, Number(value)]])),
  );
}

async function sent() {
  // In an organization of its own, since marked addresses are shared within one.
  const reminder = aReminder({ organizationId: uuidv7() });
  await stage.request(reminder);
  await stage.ended(reminder.key);
  return { key: reminder.key, email: stage.emailsOf(reminder.key)[0]! };
}

it("counts e-mails by the provider's answer, and each report once by its kind", async () => {
  const { key, email } = await sent();
  await eventually(async () => expect(await figures('tenure_emails_total')).toEqual({ taken: 1 }));
  expect(await figures('tenure_email_reports_total')).toEqual({});
  for (const reportId of ['first', 'first', 'second']) await stage.report(email, { reportId });
  await stage.report(email, { deliveryId: uuidv7() });
  expect(await figures('tenure_email_reports_total')).toEqual({ bounced: 2 });
  // Nobody else could be notified: the notice to Customer Success must not appear in another test.
  await stage.ended(`${key}/recipients_unreachable`);
});

it('counts a notice as planned until it has ended', async () => {
  const planned = () => figures('tenure_notices_planned');
  expect(await planned()).toEqual({});
  stage.provider.setFault('down');
  const reminder = aReminder();
  await stage.request(reminder);
  expect(await planned()).toEqual({ '': 1 });
  stage.provider.setFault(null);
  await stage.ended(reminder.key);
  expect(await planned()).toEqual({});
});

it('counts a delivery as unknown until it is settled', async () => {
  const { email } = await sent();
  const becomes = (status: string) =>
    stage.database.sql('update notifications.deliveries set status = $1 where delivery_id = $2', [
      status,
      deliveryIdOf(email),
    ]);
  await becomes('unknown');
  expect(await figures('tenure_deliveries_unknown')).toEqual({ '': 1 });
  await becomes('delivered');
  expect(await figures('tenure_deliveries_unknown')).toEqual({});
});

it('measures for each status how long ago the provider last reported the state of a domain', async () => {
  const operator = await stage.nats.ask('operator');
  const save = (domain: string) =>
    operator.ask(saveEmailDomain, { organizationId: helios, domain, status: 'verified', sender: `x@${domain}` });
  await save('seen.example');
  await save('unseen.example');
  // Nobody checks a domain that an operator saved.
  expect(await figures('tenure_email_domains')).toEqual({});
  await stage.database.sql(
    `update notifications.email_domains set look_at = now() + interval '1 day', added_at = now() - interval '3 hours',
       checked_at = case domain when 'seen.example' then now() end`,
  );
  expect(await figures('tenure_email_domains')).toEqual({ verified: 2 });
  const { verified, ...others } = await figures('tenure_email_domains_unseen_seconds');
  expect(verified).toBeGreaterThanOrEqual(10_800);
  expect(others).toEqual({});
});
