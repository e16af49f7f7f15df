import { uuid } from '@tenure/contracts';
import { z } from 'zod';

/** In the path of what is about one account. */
export const oneAccount = z.strictObject({ accountId: uuid });
/** In the path of what is about one organization. */
export const oneOrganization = z.strictObject({ organizationId: uuid });
