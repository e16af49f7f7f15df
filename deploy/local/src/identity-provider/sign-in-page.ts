import { escapeHtml } from '../mailbox/pages.js';
import type { Person } from './person.js';

/** A list of people to click on, in place of a password. */
export function signInPage(people: readonly Person[], action: string): string {
  const buttons = people.map(
    ({ signIn, name, description }) => `<li><button name="sign_in" value="${escapeHtml(signIn)}">
      <strong>${escapeHtml(name)}</strong> <span>${escapeHtml(signIn)}</span>${description ? `<span>${escapeHtml(description)}</span>` : ''}</button></li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in</title><style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 34rem; margin: 4rem auto; padding: 0 1rem }
  ul { list-style: none; padding: 0 }
  button { display: grid; width: 100%; text-align: left; font: inherit; padding: .75rem 1rem; margin: .5rem 0; cursor: pointer }
</style></head>
<body><h1>Who are you?</h1>
<p>This machine's own identity provider: no passwords, for development only.</p>
<form method="post" action="${escapeHtml(action)}"><ul>${buttons.join('')}</ul></form></body></html>`;
}
