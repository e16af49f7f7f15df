import { defineEntity, p } from '@mikro-orm/postgresql';
import { serviceDoesAll } from './policies.js';

/** When a SuperAdmin last cleared an address: bounces of e-mails from before do not mark it again. */
export const ClearedAddress = defineEntity({
  name: 'ClearedAddress',
  tableName: 'cleared_addresses',
  properties: {
    organizationId: p.uuid().primary(),
    /** In lower case. */
    address: p.text().primary(),
    clearedAt: p.datetime(),
  },
  policies: [serviceDoesAll],
  rowLevelSecurity: 'force',
});
