import { escapeHtml } from '@tenure/local/mailbox/pages';

/** A letter with sample data, as notifications renders it. */
export interface Letter {
  name: string;
  language: string;
  subject: string;
  html: string;
  text: string;
}

const schemes = ['light', 'dark'] as const;
/** A phone, and a window. */
const widths = [320, 680];

/** Files by name: each letter in the light and the dark scheme and as text, and a page that shows all. */
export function pagesOf(letters: readonly Letter[]): Map<string, string> {
  return new Map([
    ['index.html', indexOf(letters)],
    ...letters.flatMap((letter) => [
      ...schemes.map((scheme) => [fileOf(letter, `${scheme}.html`), inScheme(letter.html, scheme)] as const),
      [fileOf(letter, 'txt'), letter.text] as const,
    ]),
  ]);
}

function fileOf({ name, language }: Letter, kind: string): string {
  return `${name}.${language}.${kind}`;
}

/** A browser applies one scheme at a time, so this makes the letter's dark rules apply always or never. */
function inScheme(html: string, scheme: (typeof schemes)[number]): string {
  return html.replaceAll('@media (prefers-color-scheme: dark)', scheme === 'dark' ? '@media all' : '@media not all');
}

function indexOf(letters: readonly Letter[]): string {
  const links = letters.map(
    (letter) =>
      `<li><a href="#${fileOf(letter, 'txt')}">${escapeHtml(letter.name)} ${escapeHtml(letter.language)}</a></li>`,
  );
  const sections = letters.map((letter) => {
    const frames = schemes.flatMap((scheme) =>
      widths.map((width) => {
        const file = escapeHtml(fileOf(letter, `${scheme}.html`));
        return `<figure><figcaption>${scheme}, ${width} px</figcaption><iframe loading="lazy" title="${file}, ${width} px" src="${file}" width="${width}" height="620"></iframe></figure>`;
      }),
    );
    return `<section id="${fileOf(letter, 'txt')}" lang="${escapeHtml(letter.language)}"><h2>${escapeHtml(letter.subject)}</h2>
      <p>${escapeHtml(letter.name)}, ${escapeHtml(letter.language)}</p><pre>${escapeHtml(letter.text)}</pre><div>${frames.join('')}</div></section>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Tenure, letter by letter</title><style>
  :root { font: 15px/1.4 system-ui, sans-serif; color-scheme: light dark }
  ul { columns: 16rem }
  section { border-top: 1px solid #8888; padding: 1rem 0 }
  div { display: flex; flex-wrap: wrap; gap: 1rem }
  figure { margin: 0 }
  iframe { border: 1px solid #8888 }
  pre { white-space: pre-wrap; max-width: 60rem }
</style></head><body><h1>Tenure, letter by letter</h1><ul>${links.join('')}</ul>${sections.join('')}</body></html>`;
}
