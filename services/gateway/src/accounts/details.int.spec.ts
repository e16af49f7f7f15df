import {
  DomainError,
  findOrganizations,
  getApplication,
  identifyMember,
  listApplications,
  listDeliveries,
  getEmailDomain,
  listEmailDomains,
  listMarkedAddresses,
  listNotices,
  listOrganizationMembers,
  listZone,
  nameReferences,
  refuse,
  setLanguage,
  showAccount,
  showAllocations,
  showOrganization,
  type AllocationView,
  type Role,
} from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { Members } from '../sign-in/members.js';
import {
  accountId,
  aDecision,
  aDelivery,
  aDeliveryInDetail,
  aMember,
  anAccount,
  anApplication,
  aNamedReference,
  aNotice,
  applicationId,
  deliveryId,
  organizationId,
} from '../testing/samples.js';
import { setStage } from '../testing/stage.js';

const stage = forAllTests(setStage);
beforeEach(() => stage.services.reset());

const ask = (address: string, body?: unknown, person?: string) => stage.ask(address, { body, person });
const lines = (text: unknown) => String(text).split('\r\n');

describe('the allocations of an account', () => {
  const allocation = (deviceId: string): AllocationView => ({
    deviceId,
    datasource: 'modbus',
    datapoints: 5,
    revision: null,
    setBy: 'ingestion',
    setAt: '2026-11-25T09:00:00.000Z',
  });

  it('are read from licensing page by page', async () => {
    stage.services.answer(showAllocations, () => ({ items: [allocation('meter')], next: 'meter', count: 2 }));
    const { status, body } = await ask(`GET /api/accounts/${accountId}/allocations?text=me&limit=1&cursor=a`);
    expect([status, body]).toEqual([200, { items: [allocation('meter')], next: 'meter', count: 2 }]);
    expect(stage.services.requestsOf(showAllocations)).toEqual([
      { actor: expect.anything(), accountId, text: 'me', limit: 1, cursor: 'a' },
    ]);
  });

  it('can be downloaded completely as CSV, without formulas', async () => {
    const ids = Array.from({ length: 450 }, (_, index) => `=meter${String(index).padStart(3, '0')}`);
    stage.services.answer(showAllocations, ({ cursor, limit }) => {
      const from = cursor === undefined ? 0 : ids.indexOf(cursor) + 1;
      const page = ids.slice(from, from + limit);
      return { items: page.map(allocation), next: from + limit < ids.length ? page.at(-1)! : null, count: 450 };
    });
    const { headers, body } = await ask(`GET /api/accounts/${accountId}/allocations.csv`);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="allocations-${accountId}.csv"`);
    const [names, first, ...rest] = lines(body);
    expect([names, first, rest.length]).toEqual([
      'deviceId,datasource,datapoints,revision,setBy,setAt',
      "'=meter000,modbus,5,,ingestion,2026-11-25T09:00:00.000Z",
      450,
    ]);
    expect(stage.services.requestsOf(showAllocations)).toHaveLength(5);
  });

  it('are not found for another organization, also as CSV', async () => {
    stage.services.answer(showAllocations, () => {
      throw refuse('not_found', 'There is no such account.');
    });
    for (const ending of ['', '.csv'])
      expect((await ask(`GET /api/accounts/${accountId}/allocations${ending}`)).problem).toMatchObject({
        status: 404,
        code: 'not_found',
      });
  });
});

describe('the e-mails about an account', () => {
  const sentAt = '2027-10-25T07:00:01.000Z';
  beforeEach(() =>
    stage.services.answer(listNotices, () => ({
      items: [
        aNotice(`${accountId}/1/P1M`, '2027-10-25T07:00:00.000Z', {
          deliveries: [
            aDelivery(sentAt),
            { ...aDelivery(null), name: '+Bea', status: 'skipped', reason: 'The plan has changed.' },
          ],
        }),
        aNotice(`${accountId}/1/P7D`, '2027-11-18T08:00:00.000Z', { status: 'skipped', deliveries: [] }),
      ],
      next: null,
    })),
  );

  it('are listed even if only a later version knows their kind or a role of the member', async () => {
    const later = {
      ...aNotice(`${accountId}/1/moved`, sentAt),
      kind: 'account_moved',
      deliveries: [aDelivery(sentAt)],
    };
    stage.services.answer(listNotices, () => ({ items: [later], next: null }));
    const member = aMember(['super_admin']);
    const roles = [...member.roles, 'auditor'] as typeof member.roles;
    stage.services.answer(identifyMember, () => ({ ...member, roles }));
    const { status, body } = await ask(`GET /api/accounts/${accountId}/emails`);
    expect([status, body]).toMatchObject([200, { items: [{ kind: 'account_moved' }] }]);
    expect(stage.services.requestsOf(listNotices)).toMatchObject([{ actor: { roles: ['super_admin'] } }]);
  });

  it('have one entry for each recipient, with its outcome', async () => {
    const { body } = await ask(`GET /api/accounts/${accountId}/emails`);
    const common = {
      deliveryId: aDelivery(null).deliveryId,
      noticeId: expect.anything(),
      kind: 'reminder',
      offset: 'P1M',
      termNumber: 1,
      applicationId: null,
      dueAt: '2027-10-25T07:00:00.000Z',
    };
    const { email } = aDelivery(null);
    expect(body).toEqual({
      items: [
        { ...common, recipient: { name: 'Ana Ruiz', email }, sentAt, status: 'sent', reason: null },
        {
          ...common,
          recipient: { name: '+Bea', email },
          sentAt: null,
          status: 'skipped',
          reason: 'The plan has changed.',
        },
      ],
    });
  });

  it.each(['emails', 'timeline'])('are complete, however many pages notifications has: %s', async (shown) => {
    const terms = Array.from({ length: 120 }, (_, index) => index + 1);
    stage.services.answer(listNotices, ({ cursor, limit }) => {
      const from = cursor === undefined ? 0 : terms.indexOf(Number(cursor)) + 1;
      const page = terms.slice(from, from + limit!);
      return {
        items: page.map((term) => aNotice(`${accountId}/${term}/P7D`, sentAt)),
        next: from + limit! < terms.length ? String(page.at(-1)) : null,
      };
    });
    const { body } = await ask(`GET /api/accounts/${accountId}/${shown}`);
    const { items, moments } = body as { items?: unknown[]; moments?: { key: string }[] };
    expect(items?.length ?? moments!.filter(({ key }) => key.endsWith('/P7D')).length).toBe(120);
  });

  it('can be downloaded as CSV', async () => {
    const [names, , second] = lines((await ask(`GET /api/accounts/${accountId}/emails.csv`)).body);
    expect([names, second]).toEqual([
      'kind,name,email,dueAt,sentAt,status,reason,termNumber,applicationId,contentsRemovedAt',
      "P1M,'+Bea,ana@partner.example,2027-10-25T07:00:00.000Z,,skipped,The plan has changed.,1,,",
    ]);
  });

  it('of another organization are not found', async () => {
    stage.services.answer(showAccount, () => {
      throw refuse('not_found', 'There is no such account.');
    });
    expect((await ask(`GET /api/accounts/${accountId}/emails`)).problem.code).toBe('not_found');
  });
});

describe('a list as CSV', () => {
  const reviewer: Role[] = ['super_admin', 'customer_success'];
  const elsewhere = { organizationId: '0198c2f4-0000-7000-8000-0000000000aa' };
  it('has the accounts of the list with the same filter', async () => {
    stage.services.answer(listZone, () => ({
      items: [{ ...anAccount, accountName: '@SUM(A1)' }],
      next: null,
      count: 1,
    }));
    const { headers, body } = await ask('GET /api/accounts.csv?zone=expired&license=basic&text=a');
    expect(headers.get('content-disposition')).toBe('attachment; filename="expired-accounts.csv"');
    const [names, first] = lines(body);
    expect(names!.split(',').slice(0, 4)).toEqual(['accountId', 'organization', 'account', 'customer']);
    expect(first!.split(',').slice(0, 4)).toEqual([accountId, 'Partner', "'@SUM(A1)", 'Port Authority']);
    expect(stage.services.requestsOf(listZone)).toEqual([
      expect.objectContaining({ zone: 'expired', license: 'basic', text: 'a', limit: 100 }),
    ]);
  });

  it('has the applications of the list with the same filter', async () => {
    stage.services.answer(listApplications, () => ({ items: [anApplication()], next: null, count: 1 }));
    const { body } = await ask('GET /api/applications.csv?status=pending&overdue=true');
    expect(lines(body)[0]).toContain('beforeContracted,beforeRtcLines,beforeExpiresOn,afterLicense');
    expect(stage.services.requestsOf(listApplications)).toEqual([
      expect.objectContaining({ status: 'pending', overdue: true }),
    ]);
  });

  it('has the organizations of the list with the same search, and the figures that the list shows', async () => {
    const counted = { activeAccounts: 3, pendingApplications: 10_001 };
    const organization = { organizationId, name: 'Partner', country: 'ES', ...counted };
    stage.services.answer(findOrganizations, () => ({ items: [organization], next: null, count: 1 }));
    const { headers, body } = await ask('GET /api/organizations.csv?text=par', undefined, 'customer_success');
    expect(headers.get('content-disposition')).toBe('attachment; filename="organizations.csv"');
    expect(lines(body)).toEqual([
      'organizationId,organization,country,activeAccounts,pendingApplications',
      `${organizationId},Partner,ES,3,10000+`,
      '',
    ]);
    expect(stage.services.requestsOf(findOrganizations)).toEqual([
      { actor: expect.anything(), text: 'par', limit: 100 },
    ]);
  });

  it('has the contract before and after each application, and as seen at its decision', async () => {
    const seen = { license: 'plus', contracted: 400, rtcLines: 4, expiresOn: '2027-11-29', state: 'active' } as const;
    const decided = anApplication({ before: seen, after: { ...seen, license: 'pro' }, decision: aDecision({ seen }) });
    stage.services.answer(listApplications, () => ({ items: [decided], next: null, count: 1 }));
    const [names, row] = lines((await ask('GET /api/applications.csv?status=decided')).body);
    const cells = row!.split(',');
    const told = names!
      .split(',')
      .flatMap((name, at) => (/^(before|after|seen)/.test(name) ? [[name, cells[at]]] : []));
    expect(Object.fromEntries(told)).toEqual({
      ...{ beforeLicense: 'plus', beforeContracted: '400', beforeRtcLines: '4', beforeExpiresOn: '2027-11-29' },
      ...{ afterLicense: 'pro', afterContracted: '400', afterRtcLines: '4', afterExpiresOn: '2027-11-29' },
      ...{ seenLicense: 'plus', seenContracted: '400', seenRtcLines: '4', seenExpiresOn: '2027-11-29' },
    });
  });

  it('is complete even with the longest texts, where a page just fits into one message', async () => {
    const [name, text] = ['漢'.repeat(100), '漢'.repeat(1_000)];
    const names = { organizationName: name, accountName: name, customerName: name };
    const request = { ...anApplication().request, accountName: name, customerName: name, comment: text };
    const longest = anApplication({ ...names, request, status: 'rejected', decision: aDecision({ reason: text }) });
    stage.services.answer(listApplications, ({ limit }) => ({
      items: Array(limit).fill(longest),
      next: null,
      count: limit,
    }));
    const { status, body } = await ask('GET /api/applications.csv?status=decided');
    expect([status, lines(body)[1]]).toEqual([200, expect.stringContaining(text)]);
  });

  it.each([
    ['was removed', () => refuse('member_unknown')],
    ['lost a role', () => aMember(['super_admin'])],
    ['moved to another organization', () => aMember(reviewer, elsewhere)],
  ])('is cut off once its member %s, but not while accounts does not respond', async (_, answer) => {
    const gateway = await stage.start({ LIVE_HEARTBEAT_SECONDS: '1' });
    stage.services.answer(identifyMember, () => aMember(reviewer));
    let endsAt = Infinity;
    stage.services.answer(listZone, () => ({
      items: [anAccount],
      next: Date.now() < endsAt ? 'more' : null,
      count: 1,
    }));
    const file = await fetch(`${gateway.url!}/api/accounts.csv?zone=active`, {
      headers: { authorization: `Bearer ${await stage.issuer.token('super_admin')}` },
    });
    let looks = 0;
    stage.services.answer(identifyMember, () => {
      looks += 1;
      if (looks === 2) endsAt = Date.now() + 10_000;
      const said = looks === 1 ? refuse('unavailable', 'Not now.') : answer();
      if (said instanceof DomainError) throw said;
      return said;
    });
    gateway.get(Members).forget({ issuer: stage.issuer.issuer, subject: 'super_admin' });
    await expect(file.text()).rejects.toThrow('terminated');
    expect(looks).toBe(2);
    await gateway.close();
  });

  it('is refused with the invalid fields', async () =>
    expect((await ask('GET /api/accounts.csv?zone=all')).problem).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'zone' }],
    }));
});

describe('e-mails', () => {
  it.each([
    ['', { status: 'unknown' }],
    ['?email=ana%40partner.example', { status: 'any', email: 'ana@partner.example' }],
    [`?applicationId=${applicationId}`, { status: 'any', applicationId }],
    ['?status=unknown&email=ana%40partner.example', { status: 'unknown', email: 'ana@partner.example' }],
  ])('are listed for the query “%s” by %j', async (query, sought) => {
    expect((await ask(`GET /api/deliveries${query}`, undefined, 'customer_success')).status).toBe(200);
    expect(stage.services.requestsOf(listDeliveries)).toEqual([{ actor: expect.anything(), limit: 50, ...sought }]);
  });

  it('of an application have any status; accounts has to know the application', async () => {
    const emails = `GET /api/applications/${applicationId}/emails`;
    expect((await ask(`${emails}?limit=1`)).body).toEqual({ items: [], next: null, count: 0 });
    expect(stage.services.requestsOf(listDeliveries)).toEqual([
      { actor: expect.anything(), status: 'any', applicationId, limit: 1 },
    ]);
    stage.services.answer(getApplication, () => {
      throw refuse('not_found', 'There is no such application.');
    });
    expect((await ask(emails)).problem).toMatchObject({ status: 404, code: 'not_found' });
  });
});

const { history: _, rendered: __, ...found } = { ...aDeliveryInDetail, applicationId };

describe('the names on a page of e-mails', () => {
  const another = { ...found, accountId: null };
  beforeEach(() => stage.services.answer(listDeliveries, () => ({ items: [found, another], next: null, count: 2 })));
  const page = async () => (await ask('GET /api/deliveries?status=unknown', undefined, 'customer_success')).body;

  it('are fetched with one request', async () => {
    const about = [aNamedReference, { ...aNamedReference, accountName: 'Bridge' }];
    stage.services.answer(nameReferences, () => ({ items: about }));
    expect(await page()).toMatchObject({
      items: [
        { deliveryId, about: about[0] },
        { deliveryId, about: about[1] },
      ],
      count: 2,
    });
    expect(stage.services.requestsOf(nameReferences)).toEqual([
      {
        actor: expect.anything(),
        references: [
          { organizationId, accountId, applicationId },
          { organizationId, accountId: null, applicationId },
        ],
      },
    ]);
  });

  it('are missing while accounts does not respond, but the e-mails are listed', async () => {
    stage.services.answer(nameReferences, () => {
      throw refuse('unavailable', 'Nobody answers.');
    });
    expect(await page()).toEqual({ items: [found, another], next: null, count: 2 });
  });
});

describe('e-mails as CSV', () => {
  const address = 'ana@partner.example';
  const cells = [
    ...['P7D', 'Ana Ruiz', address, '2027-11-18T08:00:00.000Z', '2027-11-18T08:00:01.000Z', 'sent', '', '1'],
    ...[applicationId, accountId, organizationId, deliveryId],
  ];
  beforeEach(() => stage.services.answer(listDeliveries, () => ({ items: [found], next: null, count: 1 })));

  it.each([
    [`?email=${encodeURIComponent(address)}`, { status: 'any', email: address }],
    ['', { status: 'unknown' }],
  ])('are those of the list with the same query: “%s”', async (query, sought) => {
    const { headers, body } = await ask(`GET /api/deliveries.csv${query}`, undefined, 'customer_success');
    expect(headers.get('content-disposition')).toBe('attachment; filename="emails.csv"');
    const [names, row] = lines(body).map((line) => line.split(','));
    expect(names!.slice(-3)).toEqual(['accountName', 'organizationName', 'contentsRemovedAt']);
    expect(row).toEqual([...cells, 'Harbor', 'Partner', '']);
    expect(stage.services.requestsOf(listDeliveries)).toEqual([{ actor: expect.anything(), limit: 100, ...sought }]);
  });

  it('have no names while accounts does not respond', async () => {
    stage.services.answer(nameReferences, () => {
      throw refuse('unavailable', 'Nobody answers.');
    });
    const { body } = await ask('GET /api/deliveries.csv', undefined, 'customer_success');
    expect(lines(body)[1]!.split(',')).toEqual([...cells, '', '', '']);
  });

  it('of an application are complete; accounts has to know the application', async () => {
    const emails = `GET /api/applications/${applicationId}/emails.csv`;
    const { accountName, organizationName } = anApplication();
    expect(lines((await ask(emails)).body)[1]!.split(',')).toEqual([...cells, accountName, organizationName, '']);
    expect(stage.services.requestsOf(listDeliveries)).toEqual([
      { actor: expect.anything(), status: 'any', applicationId, limit: 100 },
    ]);
    stage.services.answer(getApplication, () => {
      throw refuse('not_found', 'There is no such application.');
    });
    expect((await ask(emails)).problem).toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe('a member’s language', () => {
  it('is stored in accounts and takes effect immediately', async () => {
    let language: 'en' | 'es' = 'en';
    stage.services.answer(identifyMember, () => aMember([], { language }));
    stage.services.answer(setLanguage, (request) => aMember([], { language: (language = request.language) }));
    expect((await ask('GET /api/me', undefined, 'linguist')).body).toMatchObject({ language: 'en' });
    const { status, body } = await ask('POST /api/me/language', { language: 'es' }, 'linguist');
    expect([status, body]).toEqual([200, aMember([], { language: 'es' })]);
    expect((await ask('GET /api/me', undefined, 'linguist')).body).toMatchObject({ language: 'es' });
  });

  it('has to be a known one', async () =>
    expect((await ask('POST /api/me/language', { language: 'fr' })).problem).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'language' }],
    }));
});

it('Customer Success can find organizations', async () => {
  const organization = { organizationId: anAccount.organizationId, name: 'Partner' };
  stage.services.answer(findOrganizations, () => ({ items: [organization], next: null, count: 1 }));
  const { body } = await ask('GET /api/organizations?text=par', undefined, 'customer_success');
  expect(body).toEqual({ items: [organization], next: null, count: 1 });
  expect((await ask('GET /api/organizations')).problem.code).toBe('forbidden');
});

it('each service answers its part about an organization, so that the rest works while one is down', async () => {
  const { organizationId } = anAccount;
  stage.services.answer(listMarkedAddresses, () => {
    throw refuse('unavailable', 'Try again.');
  });
  const about = (part: string) => ask(`GET /api/organizations/${organizationId}${part}`, undefined, 'customer_success');
  const domain = 'mail.partner.example';
  const parts = [
    '',
    '/members?limit=10&cursor=next',
    '/email-domains',
    `/email-domains/${domain}`,
    '/marked-addresses',
  ];
  const replies = await Promise.all(parts.map(about));
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 503]);
  for (const [message, asked] of [
    [showOrganization, {}],
    [listOrganizationMembers, { limit: 10, cursor: 'next' }],
    [listEmailDomains, {}],
    [getEmailDomain, { domain }],
    [listMarkedAddresses, {}],
  ] as const)
    expect(stage.services.requestsOf(message)).toEqual([{ actor: expect.anything(), organizationId, ...asked }]);
});
