import { randomBytes } from 'node:crypto';
import type { Language } from '@tenure/contracts';
import type { Request, Response } from 'express';

/** A page with a heading, sentences and links, for what the console cannot show. All of it is plain text. */
export interface PlainPage {
  status: number;
  language: Language;
  title: string;
  sentences: readonly string[];
  links: readonly { address: string; text: string }[];
}

export function sendPlainPage(response: Response, { status, language, title, sentences, links }: PlainPage): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  response.status(status).type('html').send(`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)} · Tenure</title>
    <style nonce="${nonce}">
      :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
      main { max-width: 34rem; margin: 4rem auto; padding: 0 1rem }
      li { margin: .5rem 0 }
    </style>
  </head>
  <body>
    <main>
      <h1>${escapeHtml(title)}</h1>
${sentences.map((sentence) => `      <p>${escapeHtml(sentence)}</p>`).join('\n')}
      <ul>
${links.map(({ address, text }) => `        <li><a href="${escapeHtml(address)}">${escapeHtml(text)}</a></li>`).join('\n')}
      </ul>
    </main>
  </body>
</html>
`);
}

/** The language that the browser prefers, of English and Spanish; English by default. */
export function languageOf(request: Request): Language {
  return request.acceptsLanguages('en', 'es') === 'es' ? 'es' : 'en';
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
