import { defineEntity, p } from '@mikro-orm/postgresql';

const OWN = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;

/**
 * Which reminders there are. Rows are never edited: a change adds a version, and each subscription keeps the version
 * that plans it.
 */
export const ReminderPolicy = defineEntity({
  name: 'ReminderPolicy',
  tableName: 'reminder_policies',
  properties: {
    policyId: p.uuid().primary(),
    /** Null for the default policy, which applies to organizations without one of their own. */
    organizationId: p.uuid().nullable(),
    /** 1 is the default; an organization's own versions start at 2. */
    version: p.integer(),
    /** ISO 8601 durations before `expiresOn`. */
    offsets: p.array(),
    /** HH:MM, local time in the account's zone. */
    localTime: p.text(),
  },
  uniques: [{ name: 'reminder_policies_version_unique', properties: ['organizationId', 'version'] }],
  policies: [
    { name: 'service', roles: ['licensing'], using: 'true', check: 'true' },
    {
      name: 'own_or_default',
      roles: ['licensing_member'],
      command: 'select',
      using: `organization_id is null or ${OWN}`,
    },
    { name: 'own_organization', roles: ['licensing_member'], command: 'insert', check: OWN },
  ],
  rowLevelSecurity: 'force',
});
