import { isDeepStrictEqual } from 'node:util';
import type { InferEntity } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  refuse,
  type Actor,
  type AnswerOf,
  type LicenseNames,
  type LicenseView,
  type listLicenses,
  type nameLicense,
  type RequestOf,
  type saveLicense,
} from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { License } from '../database/license.entity.js';

@Injectable()
export class LicensesService {
  constructor(private readonly database: Database) {}

  /** The catalog, lowest rank first, for every signed-in member. */
  list(actor: Actor): Promise<AnswerOf<typeof listLicenses>> {
    return this.database.asMember(actor, async (em) => {
      const licenses = await em.find(License, {}, { orderBy: { rank: 'asc', code: 'asc' }, disableIdentityMap: true });
      return { items: licenses.map(viewLicense) };
    });
  }

  /** The display names of a license. @throws not_found */
  async name({ license }: RequestOf<typeof nameLicense>): Promise<AnswerOf<typeof nameLicense>> {
    const [found] = await this.database.rowsAsService<{ names: LicenseNames }>(
      'select names from licensing.licenses where code = ?',
      [license],
    );
    if (found === undefined) throw refuse('not_found', 'There is no such license.');
    return found;
  }

  /**
   * Adds a catalog entry, or changes the one with this code. What is contracted stays; the features are those of every
   * account with the license. Saving an unchanged entry writes no audit entry.
   */
  save(license: RequestOf<typeof saveLicense>): Promise<AnswerOf<typeof saveLicense>> {
    return this.database.asService(async (em) => {
      const known = await em.findOne(License, license.code, { disableIdentityMap: true });
      const before = known && viewLicense(known);
      if (isDeepStrictEqual(before, license)) return {};
      await em.upsert(License, license);
      await recordAudit(em, {
        action: 'license.saved',
        organizationId: null,
        accountId: null,
        cause: { service: 'operator' },
        before,
        after: license,
      });
      return {};
    });
  }
}

function viewLicense(license: InferEntity<typeof License>): LicenseView {
  const { code, names, rank, features, maxDatapoints, maxRtcLines } = license;
  return { code, names, rank, features, maxDatapoints, maxRtcLines };
}
