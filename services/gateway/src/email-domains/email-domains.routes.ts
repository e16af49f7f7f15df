import {
  addEmailDomain,
  domainName,
  deleteEmailDomain,
  emailDomainDetails,
  senderName,
  setOrganizationLogo,
} from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';

const { domain, sender } = addEmailDomain.request.shape;
const oneDomain = z.strictObject({ domain: domainName });

export const addEmailDomainRoute = route({
  method: 'post',
  path: '/email-domains',
  action: 'add_email_domain',
  summary: 'Add an email domain to my organization',
  description:
    'Returns the DNS records that the domain needs; while the e-mail provider is unreachable there are none yet. A domain that was added before is returned as it stands. A domain belongs to the organization that verifies it first: adding one that another organization has only added takes it over, with different records.',
  body: z.strictObject({
    domain: domain.describe('The domain name, such as `mail.partner.example`.'),
    sender: sender.describe('The part before the @ of the sender address.'),
  }),
  status: 201,
  answer: emailDomainDetails,
  errors: ['email_domain_taken'],
});

export const seeEmailDomain = route({
  method: 'get',
  path: '/email-domains/{domain}',
  action: 'see_email_domain',
  summary: 'Get an email domain with its DNS records and their states',
  params: oneDomain,
  answer: emailDomainDetails,
  errors: ['not_found'],
});

export const setEmailDomainSenderRoute = route({
  method: 'put',
  path: '/email-domains/{domain}/sender',
  action: 'set_email_domain_sender',
  summary: 'Set the part before the @ in the sender address of an email domain',
  params: oneDomain,
  body: z.strictObject({ sender: senderName }),
  answer: emailDomainDetails,
  errors: ['not_found'],
});

const { logoUrl } = setOrganizationLogo.request.shape;

export const setLogoRoute = route({
  method: 'put',
  path: '/organization/logo',
  action: 'set_organization_logo',
  summary: "Set the logo at the top of e-mails from my organization's own domains",
  description:
    "The https address of an image; readers' e-mail programs load it from there. With `null`, e-mails show only the organization's name.",
  body: z.strictObject({ logoUrl }),
  answer: setOrganizationLogo.answer,
});

export const verifyEmailDomainRoute = route({
  method: 'post',
  path: '/email-domains/{domain}/verification',
  action: 'verify_email_domain',
  summary: 'Verify the DNS records of an email domain now',
  description: 'From then on the records are also checked automatically.',
  params: oneDomain,
  body: z.strictObject({}),
  answer: emailDomainDetails,
  errors: ['not_found', 'email_domain_taken'],
});

export const deleteEmailDomainRoute = route({
  method: 'delete',
  path: '/email-domains/{domain}',
  action: 'delete_email_domain',
  summary: 'Delete an unused email domain',
  description:
    'Refused while an account or an undecided application uses the domain; `figures` has the numbers of `accounts` and `applications`.',
  params: oneDomain,
  answer: deleteEmailDomain.answer,
  errors: ['not_found', 'email_domain_in_use'],
});
