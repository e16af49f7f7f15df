import { countryList, language, listEmailDomains, listLicenses, listSectors, memberView } from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';

export const seeOneself = route({
  method: 'get',
  path: '/me',
  action: 'see_oneself',
  summary: 'Get the signed-in member',
  description: 'Name, roles, language and organization.',
  answer: memberView,
});

export const chooseLanguage = route({
  method: 'post',
  path: '/me/language',
  action: 'set_language',
  summary: 'Set my language',
  description: 'Used for pages and e-mails.',
  body: z.strictObject({ language: language.describe('The language of pages and e-mails.') }),
  answer: memberView,
});

export const seeLicenses = route({
  method: 'get',
  path: '/licenses',
  action: 'list_licenses',
  summary: 'List the licenses of the catalog',
  description: 'Each with its rank (a higher rank offers more), features and limits.',
  answer: listLicenses.answer,
});

export const seeEmailDomains = route({
  method: 'get',
  path: '/email-domains',
  action: 'list_email_domains',
  summary: "List my organization's email domains",
  description: 'An application can choose only a verified domain.',
  answer: listEmailDomains.answer,
});

export const seeSectors = route({
  method: 'get',
  path: '/sectors',
  action: 'list_sectors',
  summary: 'List the sectors that an account can belong to',
  answer: listSectors.answer,
});

export const seeCountries = route({
  method: 'get',
  path: '/countries',
  action: 'list_countries',
  summary: 'List countries with their time zones',
  description: "An account's time zone has to be one of its country's time zones.",
  answer: countryList,
});
