import { hasLeft, isStillSuperAdmin } from './applicant.js';

const application = { organizationId: 'solar' };
const applicant = { organizationId: 'solar', removedAt: null, roles: ['super_admin' as const] };

describe('the applicant', () => {
  it.each([
    ['has left if no longer known', undefined, true, false],
    ['has left if removed', { ...applicant, removedAt: new Date('2026-11-30T10:00:00.000Z') }, true, false],
    ['has left if moved to another organization', { ...applicant, organizationId: 'grid' }, true, false],
    ['still sees the application as a SuperAdmin of the organization', applicant, false, true],
    ['no longer sees it without that role', { ...applicant, roles: ['customer_success' as const] }, false, false],
  ])('%s', (_, member, left, sees) =>
    expect([hasLeft(member, application), isStillSuperAdmin(member, application)]).toEqual([left, sees]),
  );
});
