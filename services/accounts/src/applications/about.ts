import type { ApplicationRow } from '../database/application.entity.js';

/** The fields that every event about an application has in its envelope; audit entries use them, too. */
export function about(application: ApplicationRow) {
  const { organizationId, accountId, applicationId, version } = application;
  return { organizationId, accountId, applicationId, version };
}

/** The fields that the data of every such event has; the clock is that of the account. */
export function data(application: ApplicationRow, clockAheadSeconds: number) {
  return { type: application.type, accountId: application.accountId, clockAheadSeconds };
}
