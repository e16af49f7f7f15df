import { uuid } from '@tenure/contracts';
import { z } from 'zod';

/** Path parameters of the calls about one account. */
export const oneAccount = z.strictObject({ accountId: uuid });
/** Path parameters of the calls about one organization. */
export const oneOrganization = z.strictObject({ organizationId: uuid });
