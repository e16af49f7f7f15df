import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import {
  country,
  emailAddress,
  language,
  next,
  organizationName,
  pageOfAll,
  pictureUrl,
  spokenLanguage,
  timeZone,
  uuid,
} from '../values.js';

/** What every member of the organization may see. */
export const organizationView = z.object({
  organizationId: uuid,
  name: z.string(),
  country,
  timeZone,
  language: spokenLanguage,
  /** The operator's own organization, whose members may be Customer Success. */
  isOperator: z.boolean(),
  /** Shown at the top of e-mails from the organization's own domain. */
  logoUrl: z.string().nullable(),
  /** The stored logo is not used, because its address contains a user name or a password. */
  logoRefused: z.boolean().optional(),
});

/** For the operator: includes what members need not know. */
export const organizationSettings = organizationView.extend({
  /** Where reminders go when nobody else can be reached. */
  fallbackEmail: z.string().nullable(),
});

/** Creates an organization, or changes the one with this id. */
export const saveOrganization = request(
  'accounts.organization.save',
  ['operator'],
  z.strictObject({
    organizationId: uuid.nullable().default(null),
    name: organizationName,
    country,
    timeZone,
    language,
    isOperator: z.boolean().default(false),
    fallbackEmail: emailAddress.nullable().default(null),
    logoUrl: pictureUrl.nullable().default(null),
  }),
  organizationSettings,
);

/** By name. */
export const listOrganizations = request(
  'accounts.organization.list',
  ['operator', 'importer'],
  z.strictObject(pageOfAll),
  z.object({ items: z.array(organizationSettings), next }),
);

/**
 * Sets the logo at the top of e-mails from the organization's own domain; null shows the name alone. @throws forbidden
 */
export const setOrganizationLogo = request(
  'accounts.organization.set-logo',
  ['gateway'],
  z.strictObject({ actor: actorSchema, logoUrl: pictureUrl.nullable() }),
  organizationView,
);

/** Where an e-mail goes when it can reach nobody else in the organization; null: nowhere. */
export const fallbackAddress = z.object({ fallbackEmail: z.string().nullable() });
export type FallbackAddress = z.infer<typeof fallbackAddress>;

/** @throws forbidden */
export const getFallbackAddress = request(
  'accounts.fallback-address.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  fallbackAddress,
);

/** @throws forbidden */
export const setFallbackAddress = request(
  'accounts.fallback-address.set',
  ['gateway'],
  z.strictObject({ actor: actorSchema, fallbackEmail: emailAddress.nullable() }),
  fallbackAddress,
);
