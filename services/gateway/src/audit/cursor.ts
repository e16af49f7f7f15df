import { auditPlace, refuse, type AuditPlace } from '@tenure/contracts';

/** Where the page after this entry starts, opaque to those who carry it. */
export function cursorAfter({ at, entryId }: AuditPlace): string {
  return Buffer.from(JSON.stringify({ at, entryId })).toString('base64url');
}

/** @throws invalid for what is not such a cursor */
export function placeOf(cursor: string | undefined): AuditPlace | null {
  if (cursor === undefined) return null;
  const place = auditPlace.safeParse(decoded(cursor));
  if (place.success) return place.data;
  throw refuse('invalid', 'Some of what was sent is not right', {
    errors: [{ path: 'cursor', code: 'unknown_cursor', message: 'Start again at the first page.' }],
  });
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
