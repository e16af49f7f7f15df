/**
 * Every file with messages or events. Rights, documents and the compatibility check are all generated from this list.
 */
export * from './accounts/account-recipients.js';
export * from './accounts/account.js';
export * from './accounts/application.js';
export * from './accounts/calendar.js';
export * from './accounts/decision.js';
export * from './accounts/directory.js';
export * from './accounts/email-domain.js';
export * from './accounts/events.js';
export * from './accounts/import.js';
export * from './accounts/member.js';
export * from './accounts/organization.js';
export * from './accounts/provisioning.js';
export * from './accounts/recipient.js';
export * from './accounts/reference.js';
export * from './accounts/reviewed-organization.js';
export * from './accounts/sector.js';
export * from './accounts/wishes.js';
export * from './audit.js';
export * from './licensing/contract.js';
export * from './licensing/datapoints.js';
export * from './licensing/entitlement.js';
export * from './licensing/events.js';
export * from './licensing/import.js';
export * from './licensing/license.js';
export * from './licensing/policy.js';
export * from './licensing/subscription.js';
export * from './licensing/timeline.js';
export * from './notifications/delivery.js';
export * from './notifications/email-domain.js';
export * from './notifications/events.js';
export * from './notifications/marked-address.js';
export * from './notifications/notice.js';
