import {
  checkEmailDomain,
  emailDomainChanged,
  getEmailDomain,
  listEmailDomains,
  saveEmailDomain,
  type Actor,
} from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { another, helios, stageWithService } from '../testing/stage.js';

const stage = stageWithService();

const save = async (over: Record<string, unknown>) =>
  (await stage.nats.ask('operator')).ask(saveEmailDomain, {
    organizationId: helios,
    domain: 'helios.example',
    status: 'verified',
    sender: 'alerts@helios.example',
    ...over,
  });
const isVerified = async (organizationId: string, domain: string) =>
  (await (await stage.nats.ask('accounts')).ask(checkEmailDomain, { organizationId, domain })).verified;
const listed = async (organizationId: string, ...roles: Actor['roles']) =>
  (await stage.gateway.ask(listEmailDomains, { actor: { memberId: uuidv7(), organizationId, roles } })).items;

describe('an email domain', () => {
  it('can be used by its own organization once it is verified', async () => {
    await save({ domain: 'a.example', sender: 'x@a.example', status: 'pending' });
    expect(await isVerified(helios, 'a.example')).toBe(false);
    await save({ domain: 'a.example', sender: 'x@a.example', status: 'verified' });
    expect(await isVerified(helios, 'a.example')).toBe(true);
    expect(await isVerified(another, 'a.example')).toBe(false);
    expect(await isVerified(helios, 'unknown.example')).toBe(false);
  });

  it('is visible only to the members of its organization, whatever their role', async () => {
    const organizationId = uuidv7();
    await save({ domain: 'b.example', sender: 'x@b.example', organizationId, status: 'failed' });
    const own = [{ domain: 'b.example', organizationId, status: 'failed' }];
    expect(await listed(organizationId, 'super_admin')).toEqual(own);
    expect(await listed(organizationId)).toEqual(own);
    expect(await listed(organizationId, 'customer_success')).toEqual(own);
    expect(await listed(uuidv7(), 'super_admin')).toEqual([]);
  });

  it("of another organization is visible only to Customer Success, if that names the organization, with its records' state", async () => {
    await save({ domain: 'e.example', sender: 'x@e.example', organizationId: another, status: 'failed' });
    const asked = (...roles: Actor['roles']) => ({
      actor: { memberId: uuidv7(), organizationId: helios, roles },
      organizationId: another,
    });
    const state = { domain: 'e.example', organizationId: another, status: 'failed' };
    expect((await stage.gateway.ask(listEmailDomains, asked('customer_success'))).items).toContainEqual(state);
    expect(
      await stage.gateway.ask(getEmailDomain, { ...asked('customer_success_lead'), domain: 'e.example' }),
    ).toMatchObject({ ...state, sender: 'x@e.example', records: [] });
    for (const actor of [asked(), asked('super_admin')]) {
      await expect(stage.gateway.ask(listEmailDomains, actor)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(stage.gateway.ask(getEmailDomain, { ...actor, domain: 'e.example' })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    const elsewhere = { ...asked('customer_success'), organizationId: helios, domain: 'e.example' };
    await expect(stage.gateway.ask(getEmailDomain, elsewhere)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('belongs to one organization', async () => {
    await save({ domain: 'c.example', sender: 'x@c.example' });
    await expect(save({ domain: 'c.example', sender: 'y@c.example', organizationId: another })).rejects.toMatchObject({
      problem: { status: 409, code: 'name_taken' },
    });
    expect(await isVerified(helios, 'c.example')).toBe(true);
  });

  it('must have its sender at the domain itself', async () =>
    await expect(save({ sender: 'alerts@other.example' })).rejects.toMatchObject({
      problem: { status: 422, code: 'invalid', errors: [{ path: 'sender', code: 'not_at_domain' }] },
    }));

  it('records who saved it, and its state before, with events; an unchanged save records nothing', async () => {
    await save({ domain: 'd.example', sender: 'x@d.example' });
    for (const _ of ['once', 'twice']) await save({ domain: 'd.example', sender: 'y@d.example' });
    const [first, then] = [
      { status: 'verified', sender: 'x@d.example' },
      { status: 'verified', sender: 'y@d.example' },
    ];
    expect(
      await stage.database.sql(
        `select action, caller, details from notifications.audit where subject = 'd.example' order by audit_id`,
      ),
    ).toEqual([
      { action: 'email_domain.saved', caller: 'operator', details: { before: null, after: first } },
      { action: 'email_domain.saved', caller: 'operator', details: { before: first, after: then } },
    ]);
    await eventually(async () => {
      const told = (await stage.nats.events()).filter(({ type }) => type === emailDomainChanged.name);
      expect(told.filter(({ data }) => (data as { domain: string }).domain === 'd.example')).toMatchObject([
        { version: 1, data: { status: 'verified' } },
        { version: 2, data: { status: 'verified' } },
      ]);
    });
  });
});
