import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { event, request } from '../message.js';
import { domainName, done, emailAddress, instant, uuid } from '../values.js';

/** E-mails are sent only from a `verified` domain. `failed`: its DNS records are not, or no longer, correct. */
export const emailDomainStatuses = ['pending', 'verified', 'failed'] as const;
export type EmailDomainStatus = (typeof emailDomainStatuses)[number];

export const emailDomainView = z.object({
  domain: domainName,
  organizationId: uuid,
  status: z.enum(emailDomainStatuses),
});

/** A DNS record that the domain needs. */
export const domainRecord = z.object({
  type: z.string(),
  /** The full name, such as `send.mail.partner.example`. */
  name: z.string(),
  value: z.string(),
  /** Only for an MX record. */
  priority: z.int().nullable(),
  status: z.enum(emailDomainStatuses),
});
export type DomainRecord = z.infer<typeof domainRecord>;

/** What only the organization's SuperAdmins and Customer Success see. */
export const emailDomainDetails = emailDomainView.extend({
  /** The address that e-mails come from. */
  sender: z.string(),
  /** Empty until the provider returns them. */
  records: z.array(domainRecord),
  /** When it was first verified; since then no other organization can claim it. */
  verifiedAt: instant.nullable(),
  /** When the provider last reported the state of the records. */
  checkedAt: instant.nullable(),
});
export type EmailDomainDetails = z.infer<typeof emailDomainDetails>;

/** The part of a sender's address before the @. */
export const senderName = z
  .string()
  .max(64, 'At most 64 characters.')
  .regex(/^[a-z0-9]+([._+-][a-z0-9]+)*$/, 'Lowercase letters, digits, and single . _ + - between them.');

/** The domains of the actor's organization; Customer Success may name another. @throws forbidden */
export const listEmailDomains = request(
  'notifications.email-domain.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema, organizationId: uuid.optional() }),
  z.object({ items: z.array(emailDomainView) }),
);

/**
 * Adds a domain to the actor's organization; a domain that it already has stays unchanged. @throws forbidden, invalid,
 * email_domain_taken
 */
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
/** A domain of the actor's organization; Customer Success may name another. @throws forbidden, not_found */
export const getEmailDomain = request(
  'notifications.email-domain.get',
  ['gateway'],
  oneDomain.extend({ organizationId: uuid.optional() }),
  emailDomainDetails,
);
/** Sets the part of its sender before the @, from the next e-mail on. @throws forbidden, not_found */
export const setEmailDomainSender = request(
  'notifications.email-domain.set-sender',
  ['gateway'],
  oneDomain.extend({ sender: senderName }),
  emailDomainDetails,
);
/**
 * Asks the provider to check the records now. @throws forbidden, not_found, unavailable while the provider does not
 * answer
 */
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

/** Stores an organization's own domain with its state; `sender` is the full sender address. */
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

/** A domain was added, its status changed, or it no longer belongs to the organization (`gone`). */
export const emailDomainChanged = event(
  'notifications.email-domain.changed',
  z.object({ domain: z.string(), status: z.enum([...emailDomainStatuses, 'gone']) }),
);
