import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { event, request } from '../message.js';
import { domainName, done, emailAddress, instant, uuid } from '../values.js';

/** Only what is `verified` is sent from. `failed`: its records are not, or no longer, as they have to be. */
export const emailDomainStatuses = ['pending', 'verified', 'failed'] as const;
export type EmailDomainStatus = (typeof emailDomainStatuses)[number];

export const emailDomainView = z.object({
  domain: domainName,
  organizationId: uuid,
  status: z.enum(emailDomainStatuses),
});

/** A record that the domain's name server has to have. */
export const domainRecord = z.object({
  type: z.string(),
  /** The whole name, such as `send.mail.partner.example`. */
  name: z.string(),
  value: z.string(),
  /** Of an MX record. */
  priority: z.int().nullable(),
  status: z.enum(emailDomainStatuses),
});
export type DomainRecord = z.infer<typeof domainRecord>;

/** What only the organization's SuperAdmins see, and Customer Success. */
export const emailDomainDetails = emailDomainView.extend({
  /** The address that e-mails come from. */
  sender: z.string(),
  /** Empty until the provider has named them. */
  records: z.array(domainRecord),
  /** When it was verified first; from then on it is no other organization's. */
  verifiedAt: instant.nullable(),
  /** When the provider last said how its records are. */
  checkedAt: instant.nullable(),
});
export type EmailDomainDetails = z.infer<typeof emailDomainDetails>;

/** What stands before the @ of a sender. */
export const senderName = z
  .string()
  .max(64, 'At most 64 characters.')
  .regex(/^[a-z0-9]+([._+-][a-z0-9]+)*$/, 'Lower-case letters, digits, and single . _ + - between them.');

/** Those of the own organization; Customer Success may name another. @throws forbidden */
export const listEmailDomains = request(
  'notifications.email-domain.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema, organizationId: uuid.optional() }),
  z.object({ items: z.array(emailDomainView) }),
);

/** Adds a domain to the actor's organization; one that it has already is left as it is. @throws forbidden, invalid, email_domain_taken */
export const addEmailDomain = request(
  'notifications.email-domain.add',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    /** As it was typed. */
    domain: z.string().min(1, 'Enter a domain.').max(300, 'Too long.'),
    sender: senderName.default('notices'),
  }),
  emailDomainDetails,
);

const oneDomain = z.strictObject({ actor: actorSchema, domain: domainName });
/** One of the own organization; Customer Success may name another. @throws forbidden, not_found */
export const getEmailDomain = request(
  'notifications.email-domain.get',
  ['gateway'],
  oneDomain.extend({ organizationId: uuid.optional() }),
  emailDomainDetails,
);
/** What stands before the @ of its sender, from the next e-mail on. @throws forbidden, not_found */
export const setEmailDomainSender = request(
  'notifications.email-domain.set-sender',
  ['gateway'],
  oneDomain.extend({ sender: senderName }),
  emailDomainDetails,
);
/** Has the records looked up now. @throws forbidden, not_found, unavailable while the provider does not answer */
export const verifyEmailDomain = request(
  'notifications.email-domain.verify',
  ['gateway'],
  oneDomain,
  emailDomainDetails,
);
/** @throws forbidden, not_found, email_domain_in_use with the figures `accounts` and `applications` */
export const deleteEmailDomain = request('notifications.email-domain.delete', ['gateway'], oneDomain, done);

/** Is this a verified domain of the organization? */
export const checkEmailDomain = request(
  'notifications.email-domain.check',
  ['accounts'],
  z.strictObject({ organizationId: uuid, domain: domainName }),
  z.object({ verified: z.boolean() }),
);

/** Records an organization's own domain with its state; `sender` is the address in front of it. */
export const saveEmailDomain = request(
  'notifications.email-domain.save',
  ['operator'],
  z.strictObject({
    organizationId: uuid,
    domain: domainName,
    status: z.enum(emailDomainStatuses),
    sender: emailAddress,
  }),
  done,
);

/** A domain was added, has another state, or is not the organization's any more (`gone`). */
export const emailDomainChanged = event(
  'notifications.email-domain.changed',
  z.object({ domain: z.string(), status: z.enum([...emailDomainStatuses, 'gone']) }),
);
