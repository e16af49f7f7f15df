import { countryList, language, listEmailDomains, listLicenses, listSectors, memberView } from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';

export const seeOneself = route({
  method: 'get',
  path: '/me',
  action: 'see_oneself',
  summary: 'Who am I?',
  description: 'Name, roles and language of the signed-in member, with the organization.',
  answer: memberView,
});

export const chooseLanguage = route({
  method: 'post',
  path: '/me/language',
  action: 'set_language',
  summary: 'Choose my language',
  description: 'For pages and e-mails.',
  body: z.strictObject({ language }),
  answer: memberView,
});

export const seeLicenses = route({
  method: 'get',
  path: '/licenses',
  action: 'list_licenses',
  summary: 'The catalog of licenses',
  description: 'Each with its rank (higher is more), features and limits.',
  answer: listLicenses.answer,
});

export const seeEmailDomains = route({
  method: 'get',
  path: '/email-domains',
  action: 'list_email_domains',
  summary: "My organization's own e-mail domains",
  description: 'Only a verified one can be chosen in an application.',
  answer: listEmailDomains.answer,
});

export const seeSectors = route({
  method: 'get',
  path: '/sectors',
  action: 'list_sectors',
  summary: 'The sectors that an account can belong to',
  answer: listSectors.answer,
});

export const seeCountries = route({
  method: 'get',
  path: '/countries',
  action: 'list_countries',
  summary: 'Countries, each with its time zones',
  description: "An account's time zone is one of its country's.",
  answer: countryList,
});
