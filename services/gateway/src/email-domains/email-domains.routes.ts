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
  summary: 'Add a domain of my organization',
  description:
    "Answers with the records that the domain's name server has to have; while the e-mail provider is out of reach there are none yet. One that is there already is answered as it is. A domain belongs to the organization that verifies it first: what another has only added is taken over, with other records.",
  body: z.strictObject({ domain, sender }),
  status: 201,
  answer: emailDomainDetails,
  errors: ['email_domain_taken'],
});

export const seeEmailDomain = route({
  method: 'get',
  path: '/email-domains/{domain}',
  action: 'see_email_domain',
  summary: 'A domain with its records, each with its state',
  params: oneDomain,
  answer: emailDomainDetails,
  errors: ['not_found'],
});

export const setEmailDomainSenderRoute = route({
  method: 'put',
  path: '/email-domains/{domain}/sender',
  action: 'set_email_domain_sender',
  summary: 'Choose what stands before the @ of the address that e-mails come from',
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
  summary: "Choose the logo at the top of e-mails from my organization's own domains",
  description:
    'An address of a picture, over https: whoever reads an e-mail loads it from there. `null`: its name alone.',
  body: z.strictObject({ logoUrl }),
  answer: setOrganizationLogo.answer,
});

export const verifyEmailDomainRoute = route({
  method: 'post',
  path: '/email-domains/{domain}/verification',
  action: 'verify_email_domain',
  summary: 'Have the records looked up now',
  description: 'They are looked up again by themselves from then on.',
  params: oneDomain,
  body: z.strictObject({}),
  answer: emailDomainDetails,
  errors: ['not_found', 'email_domain_taken'],
});

export const deleteEmailDomainRoute = route({
  method: 'delete',
  path: '/email-domains/{domain}',
  action: 'delete_email_domain',
  summary: 'Delete a domain that nothing uses',
  description:
    'Refused while an account has it, or an application that is not decided; `figures` says how many `accounts` and `applications`.',
  params: oneDomain,
  answer: deleteEmailDomain.answer,
  errors: ['not_found', 'email_domain_in_use'],
});
