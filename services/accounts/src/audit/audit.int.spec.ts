import { randomUUID } from 'node:crypto';
import { listAccountsAudit, nameMembers, setFallbackAddress, type Actor } from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { anAccount, startWorld } from '../testing/world.js';

const world = forAllTests(startWorld);
let accountId: string;
beforeAll(async () => {
  ({ accountId } = await anAccount(world));
});

const list = (actor: Actor, limit = 200, before: { at: string; entryId: string } | null = null) =>
  world.gateway.ask(listAccountsAudit, { actor, accountId, before, limit });

it('the audit of an account shows what was done since its application, and by whom, latest first', async () => {
  const { superAdmin } = world.solar;
  const { items } = await list(superAdmin);
  const byWorkflows = { kind: 'service', memberId: null, service: 'workflows' };
  const by = ({ memberId }: Actor) => ({ kind: 'member', memberId, service: null });
  expect(items.map(({ action, by }) => [action, by])).toEqual([
    ['application.fulfilled', byWorkflows],
    ['account.created', byWorkflows],
    ['decision.applied', by(world.reviewer)],
    ['decision.recorded', by(world.reviewer)],
    ['application.submitted', by(superAdmin)],
  ]);
  expect(new Set(items.map(({ applicationId }) => applicationId)).size).toBe(1);
  expect(items[0]).toMatchObject({ before: null, after: { license: 'basic', contracted: 100 } });
  expect(items[3]!.after).toMatchObject({ verdict: 'approve', reason: null });
});

it('a page continues after the last entry of the previous one, even among entries of the same instant', async () => {
  const { superAdmin } = world.solar;
  const { items: all } = await list(superAdmin);
  const paged = [];
  for (let before = null; paged.length < all.length; before = paged.at(-1)!) {
    const { items } = await list(superAdmin, 1, before && { at: before.at, entryId: before.entryId });
    expect(items).toHaveLength(1);
    paged.push(...items);
  }
  expect(paged).toEqual(all);
  const { at, entryId } = all.at(-1)!;
  expect(await list(superAdmin, 1, { at, entryId })).toEqual({ items: [] });
});

it('Customer Success sees the same as the organization', async () =>
  expect(await list(world.reviewer)).toEqual(await list(world.solar.superAdmin)));

it("another organization's account is not found, like one that does not exist", async () => {
  await expect(list(world.wind.superAdmin)).rejects.toMatchObject({ code: 'not_found' });
  const nobodys = { actor: world.reviewer, accountId: randomUUID(), limit: 1 };
  await expect(world.gateway.ask(listAccountsAudit, nobodys)).rejects.toMatchObject({ code: 'not_found' });
});

describe('an organization', () => {
  const listOf = (organizationId: string, actor: Actor, limit = 200) =>
    world.gateway.ask(listAccountsAudit, { actor, organizationId, limit });

  it('has an audit of what was done about itself, by whom and about which member, and nothing about its accounts', async () => {
    const { organizationId, superAdmin, otherSuperAdmin, withoutRole } = world.solar;
    await world.gateway.ask(setFallbackAddress, { actor: superAdmin, fallbackEmail: 'desk@solar.example' });
    const { items } = await listOf(organizationId, superAdmin);
    const operator = { kind: 'operator', memberId: null, service: null };
    const itself = { kind: 'member', memberId: superAdmin.memberId, service: null };
    expect(items.map(({ action, by, memberId }) => [action, by, memberId])).toEqual([
      ['organization.fallback_address_set', itself, null],
      ...[withoutRole, otherSuperAdmin, superAdmin].map(({ memberId }) => ['member.saved', operator, memberId]),
      ['organization.saved', operator, null],
    ]);
    expect(items[0]).toMatchObject({
      before: { fallbackEmail: 'office@solar.example' },
      after: { fallbackEmail: 'desk@solar.example' },
      applicationId: null,
    });
    expect(await listOf(organizationId, world.reviewer)).toEqual({ items });
    expect(await listOf(organizationId, superAdmin, 2)).toEqual({ items: items.slice(0, 2) });
  });

  it('is not found by others, like one that does not exist', async () => {
    const { superAdmin, withoutRole } = world.wind;
    for (const organizationId of [world.solar.organizationId, randomUUID()])
      await expect(listOf(organizationId, superAdmin)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listOf(randomUUID(), world.reviewer)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listOf(world.wind.organizationId, withoutRole)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

it('members are named, including those of Customer Success; unknown ones are left out', async () => {
  const { superAdmin, withoutRole } = world.solar;
  const memberIds = [superAdmin.memberId, world.reviewer.memberId, randomUUID()];
  const { items } = await world.gateway.ask(nameMembers, { actor: superAdmin, memberIds });
  expect(items.map(({ name }) => name).sort()).toEqual(['Ana Solar', 'Rosa Reviewer']);
  const asking = world.gateway.ask(nameMembers, { actor: withoutRole, memberIds });
  await expect(asking).rejects.toMatchObject({ code: 'forbidden' });
});
