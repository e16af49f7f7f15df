import { defineEntity, p } from '@mikro-orm/postgresql';

const OWN = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;

/** Which reminders there are. Never edited: a change is a new version, and each subscription keeps the one it is planned by. */
export const ReminderPolicy = defineEntity({
  name: 'ReminderPolicy',
  tableName: 'reminder_policies',
  properties: {
    policyId: p.uuid().primary(),
    /** Null is the default, for organizations without a policy of their own. */
    organizationId: p.uuid().nullable(),
    /** 1 is the default; an organization's own begin with 2. */
    version: p.integer(),
    /** ISO 8601 durations before `expiresOn`. */
    offsets: p.array(),
    /** HH:MM on the clocks of the account's zone. */
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
