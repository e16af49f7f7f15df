import { Injectable } from '@nestjs/common';
import type { AnswerOf, listSectors, RequestOf, saveSector } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { Sector } from '../database/sector.entity.js';

@Injectable()
export class SectorsService {
  constructor(private readonly database: Database) {}

  async save(sector: RequestOf<typeof saveSector>): Promise<AnswerOf<typeof saveSector>> {
    return this.database.asService(async (em) => {
      const before = await em.findOne(Sector, sector.code, { disableIdentityMap: true });
      await em.upsert(Sector, sector);
      const details = { before, after: sector };
      await recordAudit(em, { organizationId: null, action: 'sector.saved', details });
      return {};
    });
  }

  /** For every member. */
  async list({ actor }: RequestOf<typeof listSectors>): Promise<AnswerOf<typeof listSectors>> {
    return this.database.asMember(actor, async (em) => ({
      items: (await em.find(Sector, {}, { orderBy: { code: 'asc' } })).map(({ code, names }) => ({ code, names })),
    }));
  }
}
