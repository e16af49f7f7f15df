import { defineEntity, p } from '@mikro-orm/postgresql';

/** The catalog. Entries can change but are never removed, because contracts refer to them. */
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
