import { randomUUID } from 'node:crypto';
import { addEmailDomain, retireEmailDomain, type Actor } from '@tenure/contracts';
import {
  everyMessage,
  forAllTests,
  notCustomerSuccess,
  notSuperAdmin,
  type Person,
  withoutRole,
} from '@tenure/testing';
import { another, aReminder, deliveryIdOf, helios, setStage } from './testing/stage.js';

const sofia: Actor = { memberId: randomUUID(), organizationId: helios, roles: ['super_admin'] };
const carla: Actor = { memberId: randomUUID(), organizationId: another, roles: ['customer_success'] };
const domain = 'mail.helios.example';

const stage = forAllTests(setStage);
let sent: { accountId: string; deliveryId: string };
beforeAll(async () => {
  await stage.nats.answer(retireEmailDomain, () => ({ retired: false, accounts: 1, applications: 0 }));
  await stage.start();
  await stage.gateway.ask(addEmailDomain, { actor: sofia, domain });
  const { key, accountId } = aReminder();
  await stage.request(aReminder({ key, accountId }));
  await stage.ended(key);
  const deliveryId = deliveryIdOf(stage.emailsOf(key)[0]!);
  sent = { accountId: accountId!, deliveryId };
});

/** A valid request for each message, by its name. */
function requests(actor: Actor): Record<string, Record<string, unknown>> {
  const { accountId, deliveryId } = sent;
  const report = {
    reportId: randomUUID(),
    kind: 'delivered',
    at: '2026-11-24T10:00:00.000Z',
    providerId: randomUUID(),
    deliveryId,
    permanent: false,
    words: null,
  };
  return {
    'notifications.audit.list': { actor, accountId, limit: 50 },
    'notifications.delivery-report.record': report,
    'notifications.delivery-report.record-many': { asks: [report] },
    'notifications.delivery.get': { actor, deliveryId },
    'notifications.delivery.list': { actor },
    'notifications.delivery.resolve': {
      ...{ actor, key: randomUUID(), deliveryId: randomUUID() },
      ...{ resolution: 'arrived', reason: 'The customer has it.' },
    },
    'notifications.email-domain.add': { actor, domain },
    'notifications.email-domain.check': { organizationId: helios, domain },
    'notifications.email-domain.delete': { actor, domain: 'other.helios.example' },
    'notifications.email-domain.get': { actor, domain },
    'notifications.email-domain.list': { actor },
    'notifications.email-domain.save': {
      ...{ organizationId: helios, domain: 'saved.helios.example' },
      ...{ status: 'verified', sender: 'notices@saved.helios.example' },
    },
    'notifications.email-domain.set-sender': { actor, domain, sender: 'energy' },
    'notifications.email-domain.verify': { actor, domain },
    'notifications.marked-address.clear': { actor, address: 'ana@helios.example' },
    'notifications.marked-address.list': { actor },
    'notifications.notice.list': { actor, accountId },
    'notifications.notice.request': { ...aReminder() },
    'notifications.notice.request-many': { asks: [aReminder()] },
  };
}

/** Every message that people send, and who may not send it. */
const forbidden: Record<string, Person[]> = {
  'notifications.audit.list': withoutRole,
  'notifications.delivery.get': withoutRole,
  'notifications.delivery.list': notCustomerSuccess,
  'notifications.delivery.resolve': notCustomerSuccess,
  'notifications.email-domain.add': notSuperAdmin,
  'notifications.email-domain.delete': notSuperAdmin,
  'notifications.email-domain.get': notSuperAdmin,
  'notifications.email-domain.list': [],
  'notifications.email-domain.set-sender': notSuperAdmin,
  'notifications.email-domain.verify': notSuperAdmin,
  'notifications.marked-address.clear': notSuperAdmin,
  'notifications.marked-address.list': notSuperAdmin,
  'notifications.notice.list': withoutRole,
};

everyMessage({
  service: 'notifications',
  nats: () => stage.nats,
  people: () => ({
    'a member without a role': { ...sofia, roles: [] },
    'a SuperAdmin': sofia,
    'Customer Success': carla,
    'a lead of Customer Success': { ...carla, roles: ['customer_success_lead'] },
  }),
  requests,
  forbidden,
  impersonal: ['notifications.delivery-report.record', 'notifications.delivery-report.record-many'],
});
