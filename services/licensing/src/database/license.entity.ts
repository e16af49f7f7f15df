import { defineEntity, p } from '@mikro-orm/postgresql';

/** The catalog. Entries are changed, never removed: contracts name them. */
export const License = defineEntity({
  name: 'License',
  tableName: 'licenses',
  properties: {
    code: p.text().primary(),
    names: p.json<{ en: string; es: string }>(),
    rank: p.integer(),
    features: p.array(),
    maxDatapoints: p.integer(),
    maxRtcLines: p.integer(),
  },
});
