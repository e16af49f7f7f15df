import type { ApplicationRow } from '../database/application.entity.js';

/** What every event about an application says, in the envelope and in its data. */
export function about(application: ApplicationRow) {
  const { organizationId, accountId, applicationId, version } = application;
  return { organizationId, accountId, applicationId, version };
}

/** What the data of such an event begins with; the clock is that of its account. */
export function data(application: ApplicationRow, clockAheadSeconds: number) {
  return { type: application.type, accountId: application.accountId, clockAheadSeconds };
}
