import { refuse } from '@tenure/contracts';
import type { Request } from 'express';
import { isCsrfTokenOf } from './session-id.js';

const safe = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A change that a browser asks for with its cookie has to come from a page of ours: by what the browser says of the
 * page, and by a token that only our pages can know. What says nothing of the page is refused as well.
 * @param origin where our pages are
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
    'Send the header X-CSRF-Token with the token of GET /auth/session, from a page of the same origin.',
  );
}
