import { defineEntity, p } from '@mikro-orm/postgresql';
import { serviceDoesAll } from './policies.js';

/** A request that the provider allows in a second, over all instances; see `domain/pace.ts`. */
export const Turn = defineEntity({
  name: 'Turn',
  tableName: 'turns',
  properties: {
    turn: p.integer().primary().autoincrement(false),
    /** The claim that has it, or had it last. */
    holder: p.uuid().strictNullable(),
    /** When it may be taken: for one that is held, when it is taken away from who has died with it. */
    freeAt: p.datetime(),
  },
  policies: [serviceDoesAll],
  rowLevelSecurity: 'force',
});
