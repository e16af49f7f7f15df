import { randomUUID } from 'node:crypto';
import { checkEmailDomain, retireEmailDomain, withdrawApplication } from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { anAccount, aNewAccount, startWorld, submit } from '../testing/world.js';

const world = forAllTests(startWorld);

const retire = (domain: string, organizationId = world.solar.organizationId) =>
  world.service.ask('notifications').ask(retireEmailDomain, { organizationId, domain });
const verify = (domain: string) => world.notifications.verified.add(`${world.solar.organizationId} ${domain}`);
/** An application that starts in the same millisecond counts as started before. */
const isOverAMillisecondAgo = async (domain: string) => {
  const [row] = await world.service.database.sql<{ isOver: boolean }>(
    `select clock_timestamp() > retired_at + interval '1 ms' as "isOver"
     from accounts.retired_email_domains where domain = $1`,
    [domain],
  );
  return row!.isOver;
};
const refused = {
  problem: { code: 'invalid', errors: [{ path: 'application.emailDomain', code: 'not_verified' }] },
};

describe('an email domain', () => {
  it('is not retired while it is used by an account, or by an application that may become one', async () => {
    verify('used.example');
    await anAccount(world, { emailDomain: 'used.example' });
    const { applicationId } = await submit(world, aNewAccount({ emailDomain: 'used.example' }));
    expect(await retire('used.example')).toEqual({ retired: false, accounts: 1, applications: 1 });
    const { superAdmin: actor } = world.solar;
    await world.gateway.ask(withdrawApplication, { actor, applicationId, idempotencyKey: 'w' });
    expect(await retire('used.example')).toEqual({ retired: false, accounts: 1, applications: 0 });
  });

  it('is retired if a domain of that name is used only by another organization or a withdrawn application', async () => {
    verify('unused.example');
    const { applicationId } = await submit(world, aNewAccount({ emailDomain: 'unused.example' }));
    expect(await retire('unused.example', world.wind.organizationId)).toMatchObject({ retired: true });
    const { superAdmin: actor } = world.solar;
    await world.gateway.ask(withdrawApplication, { actor, applicationId, idempotencyKey: 'u' });
    expect(await retire('unused.example')).toEqual({ retired: true, accounts: 0, applications: 0 });
  });

  it('is not retired for an unknown organization', () =>
    expect(retire('nobodys.example', randomUUID())).rejects.toMatchObject({ problem: { code: 'not_found' } }));

  it('can be chosen again once it is verified again', async () => {
    await retire('again.example');
    await eventually(async () => expect(await isOverAMillisecondAgo('again.example')).toBe(true));
    verify('again.example');
    expect((await submit(world, aNewAccount({ emailDomain: 'again.example' }))).request).toMatchObject({
      emailDomain: 'again.example',
    });
  });
});

describe('an application that chooses a domain while it is being retired', () => {
  beforeAll(() => world.notifications.stop());
  afterAll(() => world.notifications.start());

  it('is refused if the domain was checked before it was retired, and the application stored after', async () => {
    const { nats } = world.service;
    const stop = await nats.answer(checkEmailDomain, async ({ domain, organizationId }) => {
      expect(await retire(domain, organizationId)).toMatchObject({ retired: true });
      return { verified: true };
    });
    await expect(submit(world, aNewAccount({ emailDomain: 'late.example' }))).rejects.toMatchObject(refused);
    await stop();
  });

  it('is stored, or the domain is retired, but never both, whichever comes first', async () => {
    const { nats } = world.service;
    const deleting = new Set<string>();
    const stop = await nats.answer(checkEmailDomain, ({ domain }) => ({ verified: !deleting.has(domain) }));
    const race = async (domain: string, begin: (storing: Promise<unknown>) => Promise<unknown>) => {
      const storing = submit(world, aNewAccount({ emailDomain: domain })).then(
        () => true,
        () => false,
      );
      const deletion = async () => {
        await begin(storing);
        deleting.add(domain);
        return (await retire(domain)).retired;
      };
      const [stored, retired] = await Promise.all([storing, deletion()]);
      expect(stored).not.toBe(retired);
      return retired ? 'retired' : 'stored';
    };
    const asked = performance.now();
    expect(await race('first.example', (storing) => storing)).toBe('stored');
    const took = performance.now() - asked;
    // Later each time, so that it runs between any two steps of the other.
    for (let round = 0; round < 40; round += 1)
      await race(`round-${round}.example`, () => new Promise((resolve) => setTimeout(resolve, (round / 40) * took)));
    deleting.add('last.example');
    expect(await race('last.example', () => Promise.resolve())).toBe('retired');
    await stop();
  });
});
