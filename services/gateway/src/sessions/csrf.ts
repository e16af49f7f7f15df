import { refuse } from '@tenure/contracts';
import type { Request } from 'express';
import { isCsrfTokenOf } from './session-id.js';

const safe = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A change that a browser sends with its cookie has to come from one of our pages: this checks the browser's headers
 * about the page, and a token that only our pages can read. A request with neither header is refused as well.
 * @param origin of our pages
 * @throws csrf_rejected
 */
export function requireOwnPage(request: Request, { id, origin }: { id: string; origin: string }): void {
  if (safe.includes(request.method)) return;
  const [sentOrigin, site] = [request.header('origin'), request.header('sec-fetch-site')];
  const isOwn =
    (sentOrigin !== undefined || site !== undefined) &&
    (sentOrigin === undefined || sentOrigin === origin) &&
    (site === undefined || site === 'same-origin');
  if (isOwn && isCsrfTokenOf(id, request.header('x-csrf-token'))) return;
  throw refuse(
    'csrf_rejected',
    'Send the header X-CSRF-Token with the token from GET /auth/session, from a page of the same origin.',
  );
}
