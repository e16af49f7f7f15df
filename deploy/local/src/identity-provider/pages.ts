import { escapeHtml } from '../mailbox/pages.js';
import type { Person } from './person.js';

const languages = { en: 'English', es: 'Spanish' };

/** A list of people by organization; a click replaces a password. */
export function signInPage(people: readonly Person[], action: string): string {
  const organizations = [...new Set(people.map(({ organization }) => organization ?? 'Others'))];
  const groups = organizations.map((name, index) => {
    const members = people.filter(({ organization }) => (organization ?? 'Others') === name);
    return `<section aria-labelledby="organization-${index}">
  <h2 id="organization-${index}">${escapeHtml(name)}</h2>
  <ul>${members.map(entry).join('')}</ul>
</section>`;
  });
  return page(
    'Who are you?',
    `<p>Click a person to sign in. This machine’s identity provider has no passwords; it is for development only.</p>
<form method="post" action="${escapeHtml(action)}">${groups.join('')}</form>`,
  );
}

/** @param form the provider's own form, which the buttons submit; it is named `op.logoutForm` */
export function signOutPage(form: string): string {
  return page(
    'Sign out here as well?',
    `<p>You are signed out of Tenure. This machine’s identity provider still knows who you are. If you sign out here as well, it asks you next time.</p>
${form}
<p><button type="submit" form="op.logoutForm" name="logout" value="yes"><strong>Sign out</strong></button></p>
<p><button type="submit" form="op.logoutForm">Stay signed in here</button></p>`,
  );
}

/** Why the provider cannot continue. */
export function errorPage(error: string, description: string | undefined): string {
  return page(
    'This did not work',
    `<p>${escapeHtml(description ?? 'The identity provider cannot continue.')} (<code>${escapeHtml(error)}</code>)</p>
<p>Go back to Tenure and try again.</p>`,
  );
}

function entry({ signIn, name, language, description }: Person): string {
  const details = [description, languages[language], signIn].filter((detail) => detail !== undefined);
  return `<li><button name="sign_in" value="${escapeHtml(signIn)}">
  <strong>${escapeHtml(name)}</strong> <span>${details.map(escapeHtml).join(' · ')}</span></button></li>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
  main { max-width: 36rem; margin: 3rem auto; padding: 0 1rem }
  h2 { font-size: 1.1rem; margin: 1.5rem 0 .25rem }
  ul { list-style: none; margin: 0; padding: 0 }
  button { display: grid; width: 100%; text-align: start; font: inherit; padding: .75rem 1rem; margin: .5rem 0; cursor: pointer; overflow-wrap: anywhere }
  button span { font-size: .9rem }
</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}</main></body></html>`;
}
