import type { Email } from '../mailbox/email.js';
import { recipientOf, type About } from './letters.js';
import { missingIn, type Expected, type Language } from './reminder.js';
import type { OpenedAccount, Tour } from './tour.js';

/**
 * Waits for the e-mails about something, and checks that each SuperAdmin of the account has got one, in the own
 * language, that says what it has to.
 */
export async function checkTold(
  { story, mailbox }: Tour,
  { superAdmins }: Pick<OpenedAccount, 'superAdmins'>,
  about: About,
  expectedIn: (language: Language) => Partial<Expected>,
): Promise<Email[]> {
  const emails = await mailbox.arrived(about, superAdmins.length);
  story.check(
    'e-mails to',
    emails.map(recipientOf),
    superAdmins.map(({ email }) => email),
  );
  for (const email of emails) {
    const language = superAdmins.find((member) => member.email === recipientOf(email))?.language ?? 'en';
    const expected = expectedIn(language);
    const figures = [expected.lastDay, expected.left].filter((words) => words !== undefined);
    story.check(`“${email.subject}” says: ${figures.join('; ')}`, missingIn(email, expected).join('; ') || true, true);
  }
  return emails;
}
