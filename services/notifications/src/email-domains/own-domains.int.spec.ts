import diagnostics from 'node:diagnostics_channel';
import {
  addEmailDomain,
  checkEmailDomain,
  deleteEmailDomain,
  DomainError,
  emailDomainChanged,
  getEmailDomain,
  listEmailDomains,
  listNotificationsAudit,
  retireEmailDomain,
  setEmailDomainSender,
  verifyEmailDomain,
  type Actor,
  type AnswerOf,
} from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { toldOf as anaAndBen } from '../testing/answers.js';
import { another, helios, setStage } from '../testing/stage.js';

const stage = forAllTests(setStage);
/** Accounts' answer about a domain that is about to be deleted. */
let use: () => AnswerOf<typeof retireEmailDomain> | Promise<AnswerOf<typeof retireEmailDomain>>;
const unused = () => ({ retired: true, accounts: 0, applications: 0 });
beforeAll(async () => {
  stage.others.told = () => anaAndBen();
  await stage.nats.answer(retireEmailDomain, () => use());
  await stage.start();
});
beforeEach(() => {
  use = unused;
});

const by = (organizationId: string, ...roles: Actor['roles']): Actor => ({ memberId: uuidv7(), organizationId, roles });
const ofHelios = by(helios, 'super_admin');
const ofAnother = by(another, 'super_admin');
const add = (domain: string, actor = ofHelios) => stage.gateway.ask(addEmailDomain, { actor, domain });
const get = (domain: string, actor = ofHelios) => stage.gateway.ask(getEmailDomain, { actor, domain });
const verify = (domain: string, actor = ofHelios) => stage.gateway.ask(verifyEmailDomain, { actor, domain });
const remove = (domain: string, actor = ofHelios) => stage.gateway.ask(deleteEmailDomain, { actor, domain });
const namesOf = async (actor: Actor) =>
  (await stage.gateway.ask(listEmailDomains, { actor })).items.map(({ domain }) => domain);
const isVerified = async (domain: string, organizationId = helios) =>
  (await (await stage.nats.ask('accounts')).ask(checkEmailDomain, { organizationId, domain })).verified;
const verified = async (domain: string, actor = ofHelios) => {
  await add(domain, actor);
  stage.provider.setRecords(domain, 'right');
  expect((await verify(domain, actor)).status).toBe('verified');
};
const setSender = (domain: string, sender: string, actor = ofHelios) =>
  stage.gateway.ask(setEmailDomainSender, { actor, domain, sender });
/** Makes its next check due now. */
const makeDue = (domain: string) =>
  stage.database.sql(`update notifications.email_domains set look_at = now() where domain = $1`, [domain]);
/** Checks it until it has this state: a check in progress postpones the next one when it ends. */
const becomes = (domain: string, status: string, actor = ofHelios) =>
  eventually(async () => {
    await makeDue(domain);
    expect((await get(domain, actor)).status).toBe(status);
  });
const toldOf = async (domain: string) =>
  (await stage.nats.events())
    .filter(({ type, data }) => type === emailDomainChanged.name && (data as { domain: string }).domain === domain)
    .map(({ organizationId, version, data }) => [organizationId, version, data]);
const onRecord = async (domain: string) =>
  (
    await stage.database.sql<{ action: string }>(
      `select action from notifications.audit where subject = $1 order by audit_id`,
      [domain],
    )
  ).map(({ action }) => action);

it('checks many due domains one after another, a second apart: they share the rate limit with e-mails', async () => {
  const own = by(uuidv7(), 'super_admin');
  const domains = ['one.example', 'two.example', 'three.example'];
  for (const domain of domains) await add(domain, own);
  await stage.database.sql(
    `update notifications.email_domains set look_at = now(), checked_at = null where organization_id = $1`,
    [own.organizationId],
  );
  const looks = await eventually(async () => {
    const rows = await stage.database.sql<{ at: Date | null }>(
      'select checked_at as at from notifications.email_domains where organization_id = $1 order by checked_at',
      [own.organizationId],
    );
    const times = rows.flatMap(({ at }) => at?.getTime() ?? []);
    expect(times).toHaveLength(domains.length);
    return times;
  });
  for (const [index, at] of looks.slice(1).entries()) expect(at - looks[index]!).toBeGreaterThanOrEqual(1_000);
});

describe('a domain that is added', () => {
  it('has the records for its name server, in normalized spelling, however often it is added', async () => {
    const added = await add('Mail.Hydro.EXAMPLE.');
    expect(added).toMatchObject({
      domain: 'mail.hydro.example',
      organizationId: helios,
      status: 'pending',
      sender: 'notices@mail.hydro.example',
      verifiedAt: null,
    });
    expect(added.records.map(({ type, name, priority, status }) => [type, name, priority, status])).toEqual([
      ['MX', 'send.mail.hydro.example', 10, 'pending'],
      ['TXT', 'send.mail.hydro.example', null, 'pending'],
      ['TXT', 'resend._domainkey.mail.hydro.example', null, 'pending'],
    ]);
    expect(await add('mail.hydro.example')).toEqual(added);
    expect(await onRecord('mail.hydro.example')).toEqual(['email_domain.added']);
  });

  it('can be used once its records are found, and an event says so', async () => {
    await add('sun.example');
    expect((await verify('sun.example')).status).toBe('pending');
    expect(await isVerified('sun.example')).toBe(false);
    stage.provider.setRecords('sun.example', 'right');
    const said = await verify('sun.example');
    expect([said.status, ...said.records.map(({ status }) => status)]).toEqual(
      Array.from({ length: 4 }, () => 'verified'),
    );
    expect(await isVerified('sun.example')).toBe(true);
    await eventually(async () =>
      expect(await toldOf('sun.example')).toEqual([
        [helios, 2, { domain: 'sun.example', status: 'pending' }],
        [helios, 3, { domain: 'sun.example', status: 'pending' }],
        [helios, 4, { domain: 'sun.example', status: 'verified' }],
      ]),
    );
  });

  it('is not looked for among all that the provider has, of which only a hundred fit in one answer', async () => {
    const lists: string[] = [];
    const note = (message: unknown) => {
      const { method, path } = (message as { request: { method: string; path: string } }).request;
      if (method === 'GET' && path.startsWith('/domains?')) lists.push(path);
    };
    diagnostics.subscribe('undici:request:create', note);
    expect((await add('one-of-many.example', by(uuidv7(), 'super_admin'))).records).toHaveLength(3);
    diagnostics.unsubscribe('undici:request:create', note);
    expect(lists).toEqual([]);
  });

  it('is added once when two requests come at the same time', async () => {
    const [one, two] = await Promise.all([add('twice.example'), add('twice.example')]);
    expect({ ...one, checkedAt: null }).toEqual({ ...two, checkedAt: null });
    expect(one.records).toHaveLength(3);
  });

  it.each([
    ['solar', 'not_a_domain'],
    ['co.uk', 'public_suffix'],
    ['mail.tenure.example', 'platform_domain'],
    ['sоlar.example', 'mixed_scripts'],
  ])(
    'is refused when nobody can own it: %s',
    async (domain, code) =>
      await expect(add(domain)).rejects.toMatchObject({ problem: { status: 422, errors: [{ path: 'domain', code }] } }),
  );

  it('has the sender that its SuperAdmins choose, with an audit entry and an event', async () => {
    const { sender } = await add('named.example');
    expect(sender).toBe('notices@named.example');
    expect((await setSender('named.example', 'alerts')).sender).toBe('alerts@named.example');
    expect((await setSender('named.example', 'alerts')).sender).toBe('alerts@named.example');
    expect(
      await stage.database.sql(
        `select details - 'memberId' as details from notifications.audit
         where subject = 'named.example' and action = 'email_domain.sender_set'`,
      ),
    ).toEqual([
      { details: { before: { sender: 'notices@named.example' }, after: { sender: 'alerts@named.example' } } },
    ]);
    // The claim, its records, and the sender.
    const event = { domain: 'named.example', status: 'pending' };
    await eventually(async () =>
      expect(await toldOf('named.example')).toEqual([2, 3, 4].map((version) => [helios, version, event])),
    );
    await expect(setSender('named.example', 'no name')).rejects.toMatchObject({
      problem: { code: 'invalid', errors: [{ path: 'sender', code: 'invalid_format' }] },
    });
  });

  describe('is one of at most twenty', () => {
    const withDomains = async (many: number, under: string) => {
      const actor = by(uuidv7(), 'super_admin');
      await stage.database.sql(
        `insert into notifications.email_domains (domain, organization_id, status, sender)
         select 'n' || n || $2, $1, 'pending', 'x' from generate_series(1, $3) n`,
        [actor.organizationId, under, many],
      );
      return actor;
    };

    it('when another one is added', async () => {
      const actor = await withDomains(20, '.many.example');
      await expect(add('one-more.example', actor)).rejects.toMatchObject({
        problem: { errors: [{ code: 'too_many' }] },
      });
      expect(await add('n7.many.example', actor)).toMatchObject({ domain: 'n7.many.example' });
    });

    it('when several are added at the same time', async () => {
      const actor = await withDomains(19, '.at-once.example');
      await Promise.allSettled(['a', 'b', 'c', 'd'].map((name) => add(`${name}.last.example`, actor)));
      expect(await namesOf(actor)).toHaveLength(20);
    });
  });

  it('is managed only by its own organization', async () => {
    await add('own.example');
    const changing = (domain: string, actor: Actor) => setSender(domain, 'alerts', actor);
    for (const ask of [get, verify, remove, changing])
      await expect(ask('own.example', ofAnother)).rejects.toMatchObject({ code: 'not_found' });
    expect(await namesOf(ofAnother)).not.toContain('own.example');
  });
});

describe('a domain of another organization', () => {
  it('that was once verified cannot be added, and neither can its subdomains, whatever its state is now', async () => {
    await verified('first.example');
    stage.provider.setRecords('first.example', 'missing');
    expect((await verify('first.example')).status).toBe('failed');
    for (const domain of ['first.example', 'FIRST.example', 'mail.first.example'])
      await expect(add(domain, ofAnother)).rejects.toMatchObject({
        problem: { status: 409, code: 'email_domain_taken' },
      });
    expect(await add('mail.first.example')).toMatchObject({ organizationId: helios });
  });

  it('that was only claimed is taken over, and the records that the other one was shown no longer verify it', async () => {
    const claimed = await add('claimed.example');
    const { id } = stage.provider.domain('claimed.example')!;
    const taken = await add('claimed.example', ofAnother);
    const keys = [claimed, taken].map(({ records }) => records.find(({ name }) => name.includes('_domainkey'))!.value);
    expect(keys[0]).not.toBe(keys[1]);
    expect(stage.provider.domain('claimed.example')!.id).not.toBe(id);
    await expect(get('claimed.example')).rejects.toMatchObject({ code: 'not_found' });
    stage.provider.setRecords('claimed.example', 'right');
    expect((await verify('claimed.example', ofAnother)).status).toBe('verified');
    expect([await isVerified('claimed.example'), await isVerified('claimed.example', another)]).toEqual([false, true]);
    expect(await onRecord('claimed.example')).toEqual([
      'email_domain.added',
      'email_domain.taken_over',
      'email_domain.added',
      'email_domain.verified',
    ]);
  });

  it('that is taken over causes one notice to the SuperAdmins who lose it, each time', async () => {
    await add('disputed.example');
    await add('disputed.example', ofAnother);
    const told = async () => {
      const notices = await stage.database.sql<{ key: string; organization: string }>(
        `select key, organization_id as organization from notifications.notices
         where kind = 'email_domain_taken_over' and key like 'disputed.example/%' order by requested_at`,
      );
      for (const { key } of notices) await stage.ended(key);
      return notices.map(({ key, organization }) => [organization, stage.emailsOf(key).map(({ subject }) => subject)]);
    };
    const letters = [
      'Another organization has added disputed.example',
      'Otra organización ha añadido disputed.example',
    ];
    const inAnyOrder = expect.arrayContaining(letters) as unknown;
    expect(await told()).toEqual([[helios, inAnyOrder]]);
    await add('disputed.example', ofAnother);
    expect(await told()).toHaveLength(1);
    await add('disputed.example');
    expect(await told()).toEqual([
      [helios, inAnyOrder],
      [another, inAnyOrder],
    ]);
  });

  it('belongs to one of two organizations that add it at the same time', async () => {
    await Promise.allSettled([add('both.example'), add('both.example', ofAnother)]);
    const holders = [
      (await namesOf(ofHelios)).includes('both.example'),
      (await namesOf(ofAnother)).includes('both.example'),
    ];
    expect(holders.filter(Boolean)).toHaveLength(1);
  });

  it('or anything else that the provider has under our API key is refused, and left alone there', async () => {
    await stage.provider.addVerified('elsewhere.example');
    const { id } = stage.provider.domain('elsewhere.example')!;
    await expect(add('elsewhere.example')).rejects.toMatchObject({ code: 'email_domain_taken' });
    expect(await namesOf(ofHelios)).not.toContain('elsewhere.example');
    expect(stage.provider.domain('elsewhere.example')).toMatchObject({ id, status: 'verified' });
  });
});

describe('when the provider does not answer', () => {
  it('a domain is added all the same, and created there later', async () => {
    stage.provider.setFault('down');
    expect(await add('later.example')).toMatchObject({ status: 'pending', records: [] });
    await expect(verify('later.example')).rejects.toMatchObject({ code: 'unavailable' });
    stage.provider.setFault(null);
    await makeDue('later.example');
    await eventually(async () => expect((await get('later.example')).records).toHaveLength(3));
    expect(await onRecord('later.example')).toEqual(['email_domain.added']);
  });

  it('a new domain does not wait for the next regular check', async () => {
    stage.provider.setFault('down');
    await add('soon.example');
    stage.provider.setFault(null);
    const [{ seconds }] = (await stage.database.sql<{ seconds: string }>(
      `select extract(epoch from look_at - added_at) as seconds from notifications.email_domains
       where domain = 'soon.example'`,
    )) as [{ seconds: string }];
    expect(Number(seconds)).toBeLessThan(30);
    await eventually(async () => expect((await get('soon.example')).records).toHaveLength(3));
  });

  it('an event announces its records once, and none follows an unchanged check', async () => {
    stage.provider.setFault('down');
    await add('told-later.example');
    stage.provider.setFault(null);
    const events = [2, 3].map((version) => [helios, version, { domain: 'told-later.example', status: 'pending' }]);
    await makeDue('told-later.example');
    await eventually(async () => expect(await toldOf('told-later.example')).toEqual(events));
    await verify('told-later.example');
    // Events after it has arrived.
    await add('after-it.example');
    await eventually(async () => expect(await toldOf('after-it.example')).toHaveLength(2));
    expect(await toldOf('told-later.example')).toEqual(events);
  });

  it('after it has created the domain, the next attempt finds it by its name', async () => {
    stage.provider.setFault('break-after-accept', 1);
    // The watch may be faster than the request that adds it.
    await add('half.example');
    const made = stage.provider.domain('half.example')!;
    await makeDue('half.example');
    await eventually(async () => expect((await get('half.example')).records).toHaveLength(3));
    expect(stage.provider.domain('half.example')!.id).toBe(made.id);
  });
});

describe('when the state of a new domain cannot be stored', () => {
  const refuseToStore = async (domain: string) => {
    const { sql } = stage.database;
    await sql('create sequence public.refusals');
    // With the right to count the refusals, which no rollback takes back.
    await sql(`create function public.refuse_state() returns trigger language plpgsql security definer
               as $$ begin raise 'Refused, number %.', nextval('public.refusals'); end $$`);
    await sql(`create trigger refuse_state before update on notifications.email_domains for each row
               when (new.domain = '${domain}' and new.provider_id is not null) execute function public.refuse_state()`);
  };
  const refused = async () => {
    const [last] = await stage.database.sql<{ number: number }>(
      'select last_value::int as number from public.refusals',
    );
    return last!.number;
  };
  /** Has it checked before all others. */
  const checkNext = (domain: string) =>
    stage.database.sql(`update notifications.email_domains set look_at = now() - interval '1 hour' where domain = $1`, [
      domain,
    ]);
  const storeAgain = async () => {
    await stage.database.sql('drop function public.refuse_state cascade');
    await stage.database.sql('drop sequence public.refusals');
  };

  it('the domain stays, and nobody has refused it', async () => {
    await refuseToStore('unstorable.example');
    await expect(add('unstorable.example')).rejects.toMatchObject({ code: 'internal' });
    await storeAgain();
    expect(await onRecord('unstorable.example')).toEqual(['email_domain.added']);
    expect(await get('unstorable.example')).toMatchObject({ status: 'pending', records: [] });
    await remove('unstorable.example');
  });

  it('the domain has not failed after a regular check', async () => {
    stage.provider.setFault('down');
    await add('waits.example');
    await refuseToStore('waits.example');
    stage.provider.setFault(null);
    await eventually(async () => {
      await checkNext('waits.example');
      expect(await refused()).toBeGreaterThan(1);
    });
    await storeAgain();
    await eventually(async () => {
      await checkNext('waits.example');
      expect((await get('waits.example')).records).toHaveLength(3);
    });
    expect(await onRecord('waits.example')).toEqual(['email_domain.added']);
    await remove('waits.example');
  });
});

describe('the state of a domain', () => {
  it('is updated automatically: lost records stop its use, and once they are back it is used again', async () => {
    await verified('kept.example');
    stage.provider.setRecords('kept.example', 'missing');
    await becomes('kept.example', 'failed');
    expect(await isVerified('kept.example')).toBe(false);
    stage.provider.setRecords('kept.example', 'right');
    await becomes('kept.example', 'verified');
    expect(await isVerified('kept.example')).toBe(true);
    expect(await onRecord('kept.example')).toEqual([
      'email_domain.added',
      'email_domain.verified',
      'email_domain.failed',
      'email_domain.verified',
    ]);
  });

  it('stays verified when somebody requests a lookup: the provider would take it out of use during the lookup', async () => {
    const own = by(uuidv7(), 'super_admin');
    await verified('stays.example', own);
    const said = await verify('stays.example', own);
    expect([said.status, ...said.records.map(({ status }) => status)]).toEqual(
      Array.from({ length: 4 }, () => 'verified'),
    );
    expect(stage.provider.domain('stays.example')!.status).toBe('verified');
    expect(await onRecord('stays.example')).toEqual(['email_domain.added', 'email_domain.verified']);
  });

  it('stays failed while it is looked up again on request: e-mails of its accounts still do not come from it', async () => {
    await verified('again.example');
    stage.provider.setRecords('again.example', 'missing');
    await becomes('again.example', 'failed');
    expect((await verify('again.example')).status).toBe('failed');
    expect(stage.provider.domain('again.example')!.status).toBe('pending');
    stage.provider.setRecords('again.example', 'right');
    await becomes('again.example', 'verified');
  });

  it.each(['never-verified.example', 'long-lost.example'])(
    'is checked soon after somebody has requested a lookup, and then less and less often, however long it is not verified: %s',
    async (domain) => {
      const own = by(uuidv7(), 'super_admin');
      if (domain.startsWith('long-lost')) {
        await verified(domain, own);
        stage.provider.setRecords(domain, 'missing');
        await becomes(domain, 'failed', own);
      } else await add(domain, own);
      const nextIn = async () => {
        const [{ seconds }] = (await stage.database.sql<{ seconds: string }>(
          `select extract(epoch from look_at - checked_at) as seconds from notifications.email_domains where domain = $1`,
          [domain],
        )) as [{ seconds: string }];
        return Number(seconds);
      };
      await stage.database.sql(
        `update notifications.email_domains set changed_at = now() - interval '8 days' where domain = $1`,
        [domain],
      );
      await verify(domain, own);
      expect(await nextIn()).toBe(60);
      await stage.database.sql(
        `update notifications.email_domains
         set checked_at = now() - interval '10 minutes', look_at = now() - interval '1 hour' where domain = $1`,
        [domain],
      );
      await eventually(async () => expect(Math.abs((await nextIn()) - 1_200)).toBeLessThan(30));
    },
  );

  it('fails when the provider no longer knows it, and the domain is created there again', async () => {
    await verified('lost.example');
    const before = stage.provider.domain('lost.example')!.id;
    await stage.provider.remove('lost.example');
    await eventually(async () => {
      await makeDue('lost.example');
      const { status, records } = await get('lost.example');
      expect([status, records.length]).toEqual(['failed', 3]);
    });
    expect(stage.provider.domain('lost.example')!.id).not.toBe(before);
    expect(await onRecord('lost.example')).toEqual([
      'email_domain.added',
      'email_domain.verified',
      'email_domain.failed',
    ]);
  });
});

it('the audit trail of an organization says how its domains changed, from what, and by whom', async () => {
  const own = by(uuidv7(), 'super_admin');
  const { organizationId } = own;
  const domain = 'trail.example';
  await verified(domain, own);
  await setSender(domain, 'alerts', own);
  await remove(domain, own);
  const trail = (actor: Actor) => stage.gateway.ask(listNotificationsAudit, { actor, organizationId, limit: 50 });
  const { items } = await trail(own);
  const [itself, system] = [
    { kind: 'member', memberId: own.memberId, service: null },
    { kind: 'service', memberId: null, service: 'notifications' },
  ];
  const [first, then] = ['notices@trail.example', 'alerts@trail.example'];
  expect(items.map(({ action, by: author, before, after }) => [action, author, before, after])).toEqual([
    ['email_domain.deleted', itself, { status: 'verified', sender: then }, { domain }],
    ['email_domain.sender_set', itself, { sender: first }, { domain, sender: then }],
    ['email_domain.verified', system, { status: 'pending' }, { domain, status: 'verified' }],
    ['email_domain.added', itself, null, { domain, status: 'pending', sender: first }],
  ]);
  expect(await trail(by(uuidv7(), 'customer_success'))).toEqual({ items });
  await expect(trail(by(uuidv7(), 'super_admin'))).rejects.toMatchObject({ code: 'not_found' });
});

describe('the loss of a domain', () => {
  const told = async (domain: string) => {
    const notices = await stage.database.sql<{ key: string; kind: string }>(
      `select key, kind from notifications.notices where key like $1 || '/%' order by requested_at, kind`,
      [domain],
    );
    for (const { key } of notices) await stage.ended(key);
    return notices.map(({ key, kind }) => ({ kind, emails: stage.emailsOf(key) }));
  };

  it('causes one notice to its SuperAdmins and one to Customer Success each time, and neither is sent from it', async () => {
    // In an organization of its own: domains of others may also be lost meanwhile.
    const own = by(uuidv7(), 'super_admin');
    await verified('told.example', own);
    const lose = async () => {
      stage.provider.setRecords('told.example', 'missing');
      await becomes('told.example', 'failed', own);
      await makeDue('told.example');
      await verify('told.example', own);
    };
    await lose();
    const first = await told('told.example');
    expect(first.map(({ kind, emails }) => [kind, emails.map(({ from }) => from)])).toEqual([
      ['email_domain_failed', ['Tenure <notices@tenure.example>', 'Tenure <notices@tenure.example>']],
      ['organization_domain_failed', ['Tenure <notices@tenure.example>', 'Tenure <notices@tenure.example>']],
    ]);
    expect(first.flatMap(({ emails }) => emails).filter(({ subject }) => !subject.includes('told.example'))).toEqual(
      [],
    );
    expect(first[0]!.emails[0]!.text).toContain('https://tenure.example/account-management/settings/email-domains');
    expect(
      stage.asked.recipients
        .filter(({ organizationId }) => organizationId === own.organizationId)
        .map(({ audience }) => audience)
        .sort(),
    ).toEqual(['customer_success', 'super_admins']);
    stage.provider.setRecords('told.example', 'right');
    await becomes('told.example', 'verified', own);
    await lose();
    expect(await told('told.example')).toHaveLength(4);
  });
});

describe('a domain that is deleted', () => {
  it('is gone, at the provider too, and can be added by anybody', async () => {
    await verified('gone.example');
    await remove('gone.example');
    await expect(get('gone.example')).rejects.toMatchObject({ code: 'not_found' });
    await eventually(() => expect(stage.provider.domain('gone.example')).toBeUndefined());
    expect(await add('gone.example', ofAnother)).toMatchObject({ organizationId: another, status: 'pending' });
  });

  it('is removed at the provider later if that does not answer now', async () => {
    await verified('left.example');
    stage.provider.setFault('down');
    await remove('left.example');
    expect(stage.provider.domain('left.example')).toBeDefined();
    stage.provider.setFault(null);
    await stage.database.sql(`update notifications.email_domain_leftovers set look_at = now()`);
    await eventually(() => expect(stage.provider.domain('left.example')).toBeUndefined());
  });

  it('is removed at the provider although more domains than can be checked are due', async () => {
    const own = uuidv7();
    await verified('not-last.example', by(own, 'super_admin'));
    stage.provider.setFault('down');
    await remove('not-last.example', by(own, 'super_admin'));
    await stage.database.sql(
      `insert into notifications.email_domains (domain, organization_id, status, sender, added_at, look_at)
       select 'n' || n || '.due.example', $1, 'pending', 'x', now(), now() - interval '1 hour' from generate_series(1, 60) n`,
      [own],
    );
    stage.provider.setFault(null);
    await stage.database.sql(`update notifications.email_domain_leftovers set look_at = now()`);
    await eventually(() => expect(stage.provider.domain('not-last.example')).toBeUndefined());
    const due =
      'delete from notifications.email_domains where organization_id = $1 returning checked_at is null as due';
    expect(await stage.database.sql(due, [own])).toContainEqual({ due: true });
  });

  it('stays as long as something uses it, with the figures', async () => {
    await verified('used.example');
    use = () => ({ retired: false, accounts: 2, applications: 1 });
    await expect(remove('used.example')).rejects.toMatchObject({
      problem: { status: 409, code: 'email_domain_in_use', figures: { accounts: 2, applications: 1 } },
    });
    expect(await isVerified('used.example')).toBe(true);
  });

  it('stays, and can be used, when accounts does not answer', async () => {
    await verified('unsure.example');
    use = () => Promise.reject(new DomainError({ type: 'x', title: 'x', status: 503, code: 'unavailable' }));
    await expect(remove('unsure.example')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await isVerified('unsure.example')).toBe(true);
  });

  it('can no longer be chosen by the time accounts is asked', async () => {
    await verified('choosing.example');
    let meanwhile: boolean | undefined;
    use = async () => ((meanwhile = await isVerified('choosing.example')), unused());
    await remove('choosing.example');
    expect(meanwhile).toBe(false);
  });

  it('can be chosen again after an interrupted deletion', async () => {
    await verified('broken-off.example');
    use = () => new Promise(() => {});
    const deletion = Promise.allSettled([remove('broken-off.example')]);
    await eventually(async () => expect(await isVerified('broken-off.example')).toBe(false));
    await stage.database.sql(
      `update notifications.email_domains set deleting_until = now() where domain = 'broken-off.example'`,
    );
    expect(await isVerified('broken-off.example')).toBe(true);
    await deletion;
    expect(await get('broken-off.example')).toMatchObject({ status: 'verified' });
  });
});
