import type { Email } from '@tenure/local/mailbox/email';
import { recipientOf, type About } from './letters.js';
import { missingIn, type Language } from './reminder.js';
import type { Reader, Tour } from './tour.js';

/**
 * Waits for the e-mails about a subject, and checks that each reader has got one in their own language with the
 * account's name and the other required words.
 */
export async function checkTold(
  { story, mailbox }: Tour,
  readers: readonly Reader[],
  about: About,
  accountName: string,
  wordsIn: (language: Language) => string[],
): Promise<Email[]> {
  const emails = await mailbox.arrived(about, readers.length);
  story.check(
    'e-mails to',
    emails.map(recipientOf),
    readers.map(({ email }) => email),
  );
  for (const email of emails) {
    const language = readers.find((reader) => reader.email === recipientOf(email))?.language ?? 'en';
    const words = wordsIn(language);
    const missing = missingIn(email, [accountName, ...words]);
    story.check(`${email.subject} (it says: ${words.join('; ')})`, missing.length === 0 || `without ${missing}`, true);
  }
  return emails;
}
