import { defineEntity, p } from '@mikro-orm/postgresql';
import { serviceDoesAll } from './policies.js';

/** One of the requests that the provider allows per second, shared by all instances; see `domain/pace.ts`. */
export const Turn = defineEntity({
  name: 'Turn',
  tableName: 'turns',
  properties: {
    turn: p.integer().primary().autoincrement(false),
    /** The claim that holds it, or held it last. */
    holder: p.uuid().strictNullable(),
    /** When it is free; for a held turn, when it is taken from a holder that has crashed. */
    freeAt: p.datetime(),
  },
  policies: [serviceDoesAll],
  rowLevelSecurity: 'force',
});
