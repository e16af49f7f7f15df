import {
  listAccountsAudit,
  listLicensingAudit,
  listNotificationsAudit,
  nameMembers,
  refuse,
  type AuditEntry,
  type AuditPlace,
} from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { latestFirst } from '../domain/audit.js';
import { call } from '../testing/call.js';
import { accountId, applicationId, memberId, organizationId } from '../testing/samples.js';
import { setStage } from '../testing/stage.js';

const stage = forAllTests(setStage);
let token: string;
beforeAll(async () => {
  token = await stage.issuer.token('super_admin');
});
beforeEach(() => stage.services.reset());

const get = (rest: string) => call(stage.url, `GET /api/accounts/${accountId}/audit${rest}`, { token });

/** One entry per second, recorded by three services in turn, starting with the last. */
function onRecord(count: number): AuditEntry[] {
  const trails = [listAccountsAudit, listLicensingAudit, listNotificationsAudit];
  const entries = Array.from({ length: count }, (_, index): AuditEntry => ({
    entryId: `01990000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    at: new Date(Date.UTC(2026, 10, 24) + index * 1000).toISOString(),
    by:
      index % 3 === 0
        ? { kind: 'member', memberId, service: null }
        : { kind: 'service', memberId: null, service: 'workflows' },
    action: 'thing.done',
    applicationId,
    before: null,
    after: { name: '=1+1', index },
  }));
  for (const [at, trail] of trails.entries()) {
    const own = latestFirst([entries.filter((_, index) => index % 3 === at)]);
    stage.services.answer(trail, ({ before, limit }) => ({
      items: own.filter((entry) => before === null || isAfter(entry, before)).slice(0, limit),
    }));
  }
  stage.services.answer(nameMembers, ({ memberIds }) => ({
    items: memberIds.map((id) => ({ memberId: id, name: '=Ana' })),
  }));
  return latestFirst([entries]);
}

function isAfter(entry: AuditEntry, place: AuditPlace): boolean {
  return latestFirst([[entry, { ...entry, ...place }]])[1] === entry;
}

it("an account's trail merges all services, latest first, with the names of members", async () => {
  onRecord(3);
  const { status, body } = await get('');
  expect([status, body]).toMatchObject([
    200,
    {
      items: [
        { at: '2026-11-24T00:00:02.000Z', by: { kind: 'service', name: 'workflows', memberId: null }, member: null },
        { at: '2026-11-24T00:00:01.000Z', by: { kind: 'service', name: 'workflows', memberId: null } },
        { at: '2026-11-24T00:00:00.000Z', by: { kind: 'member', name: '=Ana', memberId } },
      ],
      next: null,
    },
  ]);
});

describe('the trail of an organization', () => {
  const blas = '0198c2f4-0000-7000-8000-000000000099';
  const get = (rest = '') => call(stage.url, `GET /api/organizations/${organizationId}/audit${rest}`, { token });
  const entries = {
    removed: { action: 'member.removed', by: { kind: 'operator', memberId: null, service: null }, memberId: blas },
    changed: { action: 'policy.changed', by: { kind: 'member', memberId, service: null } },
  } as const;
  const seconds = { removed: '02', changed: '01' };
  beforeEach(() => {
    const answer = (trail: typeof listAccountsAudit, which: keyof typeof entries) =>
      stage.services.answer(trail, () => ({
        items: [
          {
            ...{ entryId: `01990000-0000-7000-8000-0000000000${seconds[which]}`, applicationId: null },
            ...{ at: `2026-11-24T00:00:${seconds[which]}.000Z`, before: null, after: { version: 2 } },
            ...entries[which],
          },
        ],
      }));
    answer(listLicensingAudit, 'changed');
    answer(listAccountsAudit, 'removed');
    const names: Record<string, string> = { [memberId]: 'Ana', [blas]: '=Blas' };
    stage.services.answer(nameMembers, ({ memberIds }) => ({
      items: memberIds.map((id) => ({ memberId: id, name: names[id]! })),
    }));
  });

  it('merges all services, and names the author and the member that an entry is about', async () => {
    const { status, body } = await get();
    expect([status, body]).toMatchObject([
      200,
      {
        items: [
          { action: 'member.removed', by: { kind: 'operator' }, member: { memberId: blas, name: '=Blas' } },
          { action: 'policy.changed', by: { name: 'Ana' }, member: null },
        ],
        next: null,
      },
    ]);
    for (const trail of [listAccountsAudit, listLicensingAudit, listNotificationsAudit])
      expect(stage.services.requestsOf(trail)).toEqual([
        { actor: expect.anything(), organizationId, before: null, limit: 51 },
      ]);
  });

  it('can be downloaded as CSV with the member that each entry is about, and as JSON, one entry per line', async () => {
    const table = (await get('.csv')).body as string;
    expect(table.split('\r\n').slice(0, 2)).toEqual([
      'at,by,name,memberId,action,member,before,after,entryId',
      `2026-11-24T00:00:02.000Z,operator,operator,,member.removed,'=Blas,,"{""version"":2}",01990000-0000-7000-8000-000000000002`,
    ]);
    const lines = await fetch(`${stage.url}/api/organizations/${organizationId}/audit.ndjson`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const [first] = (await lines.text()).split('\n');
    expect(JSON.parse(first!)).toMatchObject({ member: { memberId: blas, name: '=Blas' } });
  });
});

it.each([1, 2, 5])('pages of %i list each entry once and end', async (limit) => {
  const all = onRecord(10);
  const seen: string[] = [];
  let next: string | null = '';
  let pages = 0;
  while (next !== null) {
    const { body } = await get(`?limit=${limit}${next && `&cursor=${next}`}`);
    const page = body as { items: AuditEntry[]; next: string | null };
    seen.push(...page.items.map(({ entryId }) => entryId));
    next = page.next;
    pages += 1;
  }
  expect(seen).toEqual(all.map(({ entryId }) => entryId));
  expect(pages).toBe(Math.ceil(10 / limit));
});

it('a malformed cursor is refused', async () => {
  const { status, problem } = await get('?cursor=second');
  expect([status, problem.code, problem.errors]).toMatchObject([422, 'invalid', [{ path: 'cursor' }]]);
});

describe('the complete trail', () => {
  it('can be downloaded as CSV without formulas', async () => {
    const all = onRecord(401);
    const { status, headers, body } = await get('.csv');
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
      `attachment; filename="audit-${accountId}.csv"`,
    ]);
    const lines = (body as string).split('\r\n');
    expect(lines).toHaveLength(1 + all.length + 1);
    expect(lines[0]).toBe('at,by,name,memberId,action,applicationId,before,after,entryId');
    expect(lines.at(-2)).toBe(
      `2026-11-24T00:00:00.000Z,member,'=Ana,${memberId},thing.done,${applicationId},,"{""name"":""=1+1"",""index"":0}",${all.at(-1)!.entryId}`,
    );
  });

  it('can be downloaded as JSON, one entry per line', async () => {
    const all = onRecord(401);
    const response = await fetch(`${stage.url}/api/accounts/${accountId}/audit.ndjson`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as AuditEntry).entryId)).toEqual(all.map(({ entryId }) => entryId));
  });

  it.each(['.csv', '.ndjson'])('of a missing account is a problem and no file: %s', async (kind) => {
    stage.services.answer(listAccountsAudit, () => {
      throw refuse('not_found', 'There is no such account.');
    });
    const { status, problem, headers } = await get(kind);
    expect([status, problem.code, headers.get('content-type')]).toEqual([
      404,
      'not_found',
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('is cut off if a service goes down halfway, so that a part never looks like the whole', async () => {
    onRecord(401);
    stage.services.answer(listLicensingAudit, ({ before }) => {
      if (before !== null) throw refuse('unavailable', 'Gone.');
      return { items: [] };
    });
    await expect(get('.csv')).rejects.toThrow('terminated');
  });
});
