import { defineEntity, p } from '@mikro-orm/postgresql';
import { serviceDoesAll } from './policies.js';

/** What e-mails of one shape have in common; see `emails/form.ts`. The service's role can only insert and read. */
export const Form = defineEntity({
  name: 'Form',
  tableName: 'forms',
  properties: {
    /** The hash of its content. */
    formId: p.text().primary(),
    html: p.text(),
    text: p.text(),
  },
  policies: [serviceDoesAll],
  rowLevelSecurity: 'force',
});
