import { defineEntity, p } from '@mikro-orm/postgresql';

/**
 * A provisioning step, keyed by its application. It is done at most once: a repeat gets the first answer. A step can be
 * undone before it arrives: it then finds its key taken, and is refused.
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
