import { defineEntity, p } from '@mikro-orm/postgresql';

/**
 * A step of provisioning, by its application. Done once: a repeat gets the first answer. Undone also when it never came:
 * it finds its key taken then, and is refused.
 */
export const Step = defineEntity({
  name: 'Step',
  tableName: 'steps',
  properties: {
    applicationId: p.uuid().primary(),
    accountId: p.uuid(),
    state: p.text().$type<'done' | 'undone'>(),
    answer: p.json<object>().nullable(),
    at: p.datetime(3),
  },
  checks: [{ name: 'step_state', expression: `state in ('done', 'undone')` }],
  policies: [{ name: 'service', roles: ['licensing'], using: 'true', check: 'true' }],
  rowLevelSecurity: 'force',
});
