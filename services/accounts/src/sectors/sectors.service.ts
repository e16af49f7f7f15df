import { isDeepStrictEqual } from 'node:util';
import type { InferEntity } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { AnswerOf, listSectors, RequestOf, saveSector } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { Sector } from '../database/sector.entity.js';

@Injectable()
export class SectorsService {
  constructor(private readonly database: Database) {}

  /** Saving an unchanged sector writes no audit entry. */
  async save(sector: RequestOf<typeof saveSector>): Promise<AnswerOf<typeof saveSector>> {
    return this.database.asService(async (em) => {
      const known = await em.findOne(Sector, sector.code, { disableIdentityMap: true });
      const before = known && viewSector(known);
      if (isDeepStrictEqual(before, sector)) return {};
      await em.upsert(Sector, sector);
      const details = { before, after: sector };
      await recordAudit(em, { organizationId: null, action: 'sector.saved', details });
      return {};
    });
  }

  /** For every member. */
  async list({ actor }: RequestOf<typeof listSectors>): Promise<AnswerOf<typeof listSectors>> {
    return this.database.asMember(actor, async (em) => ({
      items: (await em.find(Sector, {}, { orderBy: { code: 'asc' } })).map(viewSector),
    }));
  }
}

function viewSector({ code, names }: InferEntity<typeof Sector>): RequestOf<typeof saveSector> {
  return { code, names };
}
