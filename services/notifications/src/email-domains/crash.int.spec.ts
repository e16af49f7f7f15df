import { addEmailDomain, type Actor } from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { helios, setStage } from '../testing/stage.js';

const actor: Actor = { memberId: uuidv7(), organizationId: helios, roles: ['super_admin'] };
const domain = 'mail.helios.example';

const stage = forAllTests(setStage);

const kept = () =>
  stage.database.sql('select provider_id as "providerId" from notifications.email_domains where domain = $1', [domain]);

it('takes over a domain that a crashed process had created at the provider, instead of creating it again', async () => {
  const killed = stage.startOwn({ SANDBOX: 'on', TENURE_CRASH_AT: 'email-domain.created' });
  // Nobody answers while it starts, and it crashes before that.
  await eventually(async () => {
    await stage.gateway.ask(addEmailDomain, { actor, domain }, { timeout: 1_000 }).catch(() => undefined);
    expect(stage.provider.domain(domain)).toBeDefined();
  });
  expect(await killed.ended).toBe('SIGKILL');
  const created = stage.provider.domain(domain)!;
  expect([created.status, await kept()]).toEqual(['not_started', [{ providerId: null }]]);

  await stage.start();
  expect((await stage.gateway.ask(addEmailDomain, { actor, domain })).records).toHaveLength(3);
  expect([stage.provider.domain(domain)!.id, await kept()]).toEqual([created.id, [{ providerId: created.id }]]);
});
