import { saveLicense, saveMember, saveOrganization, saveSector } from '@tenure/contracts';
import { asNatsUser } from '../api/as-nats-user.js';
import type { SampleTarget } from './target.js';
import { sampleLicenses, sampleSectors } from './catalog.js';
import { sampleId } from './identifiers.js';
import { sampleOrganizations } from './organizations.js';

/** Saves catalog, organizations and members over NATS as the operator. A repeat changes nothing. */
export async function recordCatalogAndPeople(stack: SampleTarget): Promise<void> {
  await asNatsUser(stack, 'operator', async (operator) => {
    for (const license of sampleLicenses) await operator.ask(saveLicense, license);
    for (const sector of sampleSectors) await operator.ask(saveSector, sector);
    for (const { members, ...organization } of sampleOrganizations) {
      const organizationId = sampleId(organization.name);
      await operator.ask(saveOrganization, { ...organization, organizationId });
      for (const { signIn, name, language, roles } of members)
        await operator.ask(saveMember, {
          organizationId,
          issuer: stack.issuer,
          subject: signIn,
          name,
          email: signIn,
          language,
          roles,
        });
    }
  });
}
