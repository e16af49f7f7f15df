import type { OrganizationAction } from '@tenure/contracts';
import { en as everyPage } from '../words/en.js';
import { es as cadaPagina } from '../words/es.js';
import { en as settings } from '../words/settings/en.js';
import { es as ajustes } from '../words/settings/es.js';
import { auditChanges } from './audit-changes.js';

const member = { memberId: 'x', organizationId: 'y', name: 'Ana', email: 'ana@partner.example', language: 'es' };
const organization = {
  ...{ organizationId: 'y', name: 'Partner', country: 'ES', timeZone: 'Europe/Madrid', language: 'es' },
  ...{ isOperator: false, logoUrl: 'https://partner.example/logo.png', fallbackEmail: 'office@partner.example' },
};
const policy = { version: 2, offsets: ['P1M'], localTime: '09:00' };
const domain = 'mail.partner.example';
const state = (status: string) => ({ before: { status: 'verified' }, after: { domain, status } });
const sender = 'notices@mail.partner.example';
const gone = { before: { status: 'verified', sender }, after: { domain } };

/** One entry of each action, as recorded: the type check reports a missing one. */
const onRecord: Record<
  OrganizationAction,
  Parameters<typeof auditChanges>[0] extends infer Kept ? { before: Kept; after: Kept } : never
> = {
  'organization.saved': { before: null, after: { ...organization, logoRefused: true } },
  'organization.logo_set': { before: { logoUrl: null }, after: { logoUrl: organization.logoUrl } },
  'organization.fallback_address_set': {
    before: { fallbackEmail: 'office@partner.example' },
    after: { fallbackEmail: null },
  },
  'member.saved': { before: { ...member, roles: ['super_admin'] }, after: { ...member, name: 'Eva', roles: [] } },
  'member.moved_away': { before: { ...member, roles: ['super_admin'] }, after: null },
  'member.removed': { before: { memberId: 'x', roles: ['super_admin'] }, after: { memberId: 'x', roles: [] } },
  'member.readmitted': { before: null, after: { memberId: 'x' } },
  'member.signed_out_everywhere': { before: null, after: { memberId: 'x' } },
  'member.language_set': { before: { language: 'en' }, after: { language: 'es' } },
  'member.notices_set': { before: { decisions: true, reminders: true }, after: { decisions: false, reminders: false } },
  'member.forgotten': { before: null, after: { memberId: 'x', databaseRole: 'privacy' } },
  'calendar.feed_created': { before: null, after: null },
  'calendar.feed_revoked': { before: null, after: { addresses: 1 } },
  'calendar.reminders_revoked': { before: null, after: { addresses: 3 } },
  'calendar.reminders_removed': {
    before: null,
    after: { addresses: 3, databaseRole: 'privacy', olderThan: '2026-11-30T00:00:00.000Z' },
  },
  'policy.changed': { before: { ...policy, version: 1 }, after: { version: 2, offsets: ['P7D'], localTime: '08:30' } },
  'policy_change.applied': { before: null, after: { version: 2, moved: 4, kept: 1 } },
  'policy_change.stopped': { before: null, after: { version: 2 } },
  'policy_change.continued': { before: null, after: { version: 2 } },
  'email_domain.added': { before: null, after: { domain, status: 'pending', sender } },
  'email_domain.saved': { before: { status: 'pending', sender }, after: { domain, status: 'verified', sender: 'x' } },
  'email_domain.sender_set': { before: { sender }, after: { domain, sender: 'x' } },
  'email_domain.pending': state('pending'),
  'email_domain.verified': { before: { status: 'failed' }, after: { domain, status: 'verified' } },
  'email_domain.failed': state('failed'),
  'email_domain.refused': gone,
  'email_domain.left_over': { before: null, after: { domain } },
  'email_domain.taken_over': gone,
  'email_domain.deleted': gone,
  'address.marked': { before: null, after: { email: 'ana@partner.example', why: 'bounced' } },
  'address.cleared': { before: { why: 'bounced' }, after: { email: 'ana@partner.example' } },
  'address.forgotten': { before: null, after: { email: 'forgotten-x@forgotten.invalid', databaseRole: 'privacy' } },
  'email_contents.removed': {
    before: null,
    after: { emails: 3, markedAddresses: 1, databaseRole: 'privacy', olderThan: '2026-11-30T00:00:00.000Z' },
  },
};

const spoken = {
  en: [
    { ...everyPage.auditAction, ...settings.organizationAction },
    { ...everyPage.auditField, ...settings.organizationField },
  ],
  es: [
    { ...cadaPagina.auditAction, ...ajustes.organizationAction },
    { ...cadaPagina.auditField, ...ajustes.organizationField },
  ],
} as const;

describe.each(['en', 'es'] as const)(
  'every audited action and field of an organization has words in %s',
  (language) => {
    const [actions, fields] = spoken[language];
    it.each(Object.entries(onRecord))('%s', (action, { before, after }) => {
      expect(Object.keys(actions)).toContain(action.replace('.', '_'));
      expect(auditChanges(before, after).filter(({ name }) => !(name in fields))).toEqual([]);
    });
  },
);
