import { escapeHtml } from '@tenure/local/mailbox/pages';
import type { Picture } from './picture.js';

/** All screenshots on one page, failed ones first. */
export function indexPage(pictures: readonly Picture[]): string {
  const figures = pictures
    .toSorted((a, b) => b.complaints.length - a.complaints.length)
    .map(
      ({ scene, file, complaints }) => `<figure${complaints.length > 0 ? ' class="wrong"' : ''}>
      <a href="${escapeHtml(file)}"><img src="${escapeHtml(file)}" alt="" loading="lazy"></a>
      <figcaption>${escapeHtml(scene.name)}${complaints.map((each) => `<p>${escapeHtml(each)}</p>`).join('')}</figcaption></figure>`,
    );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Tenure, page by page</title><style>
  :root { font: 15px/1.4 system-ui, sans-serif; color-scheme: light dark }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem }
  figure { margin: 0; padding: .5rem; border: 1px solid #8888 }
  img { width: 100%; max-height: 22rem; object-fit: contain; object-position: top }
  .wrong { border: 3px solid #c00 }
</style></head><body><h1>Tenure, page by page</h1><main>${figures.join('')}</main></body></html>`;
}
