import { z } from 'zod';
import { wordsFor } from './field-words.js';

// This file is imported before anything is validated: every schema of a message is built from it.
z.config({ customError: wordsFor });

/** Building blocks of the messages: one schema per word of the glossary. */

/** An id, converted to lower case, as it is stored and sent: some languages write UUIDs in capitals. */
export const uuid = z.uuid().toLowerCase();
/** ISO 8601 has a year 0000; PostgreSQL has none. */
const hasItsYear = (text: string) => !text.startsWith('0000');
/** An instant: ISO 8601 in UTC with milliseconds, such as `2027-11-24T23:00:00.000Z`. */
export const instant = z.iso.datetime({ precision: 3 }).refine(hasItsYear, 'There is no year 0.');
/** An instant from which terms and moments are calculated: they lie years after it, and a year has four digits. */
export const instantToReckonFrom = instant.refine((text) => text < '9000', 'Before the year 9000.');
/** A calendar date: `2027-11-24`. */
export const calendarDate = z.iso.date().refine(hasItsYear, 'There is no year 0.');

export const roles = ['super_admin', 'customer_success', 'customer_success_lead'] as const;
export type Role = (typeof roles)[number];
export const languages = ['en', 'es'] as const;
export const language = z.enum(languages);
export type Language = z.infer<typeof language>;
/** In an answer: a language that this version has no texts for is read as English. */
export const spokenLanguage = language.catch('en');
/** In an answer: the names of something, by language. */
export const namesByLanguage = z.object({ en: z.string(), es: z.string() });

/** A value that a later version added to a list. */
type Later = string & { readonly later?: never };
/** In an answer, one value of a list that later versions may extend. Unknown values pass through unchanged. */
export function growing<const T extends readonly string[]>(list: T) {
  return z.union([z.enum(list), z.string() as unknown as z.ZodType<Later>]);
}
/** In an answer, several values of a list that later versions may extend. Unknown values are left out. */
export function knownOf<const T extends readonly string[]>(list: T) {
  const isKnown = (one: unknown) => typeof one !== 'string' || list.includes(one);
  return z.preprocess((all) => (Array.isArray(all) ? all.filter(isKnown) : all), z.array(z.enum(list)));
}

/** Pasted text may contain other kinds of spaces: somebody who types the name that they see has to find it. */
const plainSpaces = (text: string) => text.replaceAll(/\p{Zs}/gu, ' ');

/** A name as people type it: 1–100 characters without the space around it. */
const visibleName = (missing: string) =>
  z
    .string(missing)
    .overwrite(plainSpaces)
    .trim()
    .min(1, missing)
    .max(100, 'At most 100 characters.')
    .regex(/^\P{Cc}*$/u, 'No control characters.');
export const accountName = visibleName("Enter the account's name.");
export const customerName = visibleName("Enter the customer's name.");
export const personName = visibleName('Enter a name.');
export const organizationName = visibleName("Enter the organization's name.");
/**
 * Keeps line breaks and tabs. Nobody types other control characters: a terminal would execute them, and in JSON each
 * takes six characters.
 */
const withoutControls = (text: string) => text.replaceAll(/(?![\t\n\r])\p{Cc}/gu, ' ');
export const comment = z
  .string()
  .regex(/^[^\0]*$/, 'No null characters.')
  .overwrite(withoutControls)
  .trim()
  .max(1000, 'At most 1,000 characters.');
export const reason = z
  .string('Enter a reason.')
  .regex(/^[^\0]*$/, 'No null characters.')
  .overwrite(withoutControls)
  .trim()
  .min(1, 'Enter a reason.')
  .max(1000, 'At most 1,000 characters.');
const codePattern = /^[a-z][a-z0-9_-]{0,49}$/;
export const code = z.string().regex(codePattern, 'Lowercase letters, digits, _ and -.');
/** The code of something that people choose from a list; whatever is wrong, the message asks them to choose. */
export const choice = (message: string) => z.string(message).regex(codePattern, message);
export const country = z.string('Choose a country.').regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166-1).');
export const timeZone = z.string('Choose a time zone.').min(1, 'Choose a time zone.').max(64);
/** Within the limits of RFC 5321: no mail server takes a longer one. */
export const emailAddress = z
  .email()
  .max(254)
  .refine((address) => address.indexOf('@') <= 64, 'At most 64 characters before the @.');
/** The address of a picture in e-mails. Every reader loads it, so it has to be https, without a password. */
export const pictureUrl = z
  .url({
    protocol: /^https$/,
    hostname: z.regexes.domain,
    error: 'An address that begins with https://.',
    abort: true,
  })
  .max(500)
  .refine((address) => !hasSignIn(new URL(address)), 'An address without a user name or a password.');
const hasSignIn = ({ username, password }: URL) => username !== '' || password !== '';
export const domainName = z
  .string()
  .max(253)
  .regex(
    /^(?=.{1,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/,
    'A domain name in lower case.',
  );

// Limits that apply whatever the license (docs/rules.md: Application). A domain, which imports only types, declares its
// own constants, and their types ensure that the values are the same.
export const minimumDatapoints = 20;
export const maximumMonths = 60;
/** The only country in which meters are read by modem. */
export const countryOfRtcLines = 'ES';

const aBillion = 1_000_000_000;
export const contractedDatapoints = z
  .int('Enter a whole number.')
  .min(minimumDatapoints, 'Enter at least 20.')
  .max(aBillion, 'Too large.');
export const datapoints = z.int().min(0).max(aBillion);
export const rtcLines = z.int('Enter a whole number.').min(0, 'Enter 0 or more.').max(1_000_000, 'Too large.');
const oneToSixty = 'Enter 1 to 60 months.';
export const months = z.int(oneToSixty).min(1, oneToSixty).max(maximumMonths, oneToSixty);
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, '1 to 128 printable ASCII characters without spaces.');

export const cursor = z.string().max(500).optional();
export const limit = z.int().min(1).max(200).default(50);
export const searchText = z
  .string()
  .overwrite(plainSpaces)
  .trim()
  .max(100)
  .regex(/^[^\0]*$/)
  .optional();
/** In an answer: where the next page begins. */
export const next = z.string().nullable().describe('The `cursor` of the next page; null on the last one.');
/** Counts are exact up to here: people need no more, and the database would read every row. */
export const countedUpTo = 10_000;
/** A page by key. */
export function pageOf<T extends z.ZodType>(item: T) {
  const count = z.int().describe('The total of all pages: exact up to 10,000; 10,001 means more.');
  return z.object({ items: z.array(item), next, count });
}

/** Paging of a list that used to come in one answer; without a limit, as much as fits in a message. */
export const pageOfAll = { cursor, limit: z.int().min(1).max(200).optional() };

export const done = z.object({});
