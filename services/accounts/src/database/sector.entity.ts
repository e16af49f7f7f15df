import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Language } from '@tenure/contracts';

/** A line of business; catalog data shared by all organizations. */
export const Sector = defineEntity({
  name: 'Sector',
  tableName: 'sectors',
  properties: {
    code: p.text().primary(),
    names: p.json<Record<Language, string>>(),
  },
});
