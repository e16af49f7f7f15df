import { invalidFields } from '@tenure/contracts';
import type { z } from 'zod';
import { textsIn } from '../nats/texts-in.js';

/** Encodes where the next page starts; opaque to clients. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
}

/** @throws invalid if it is not a cursor of this list in this order */
export function readCursor<S extends z.ZodType>(schema: S, cursor: string | undefined): z.output<S> | null {
  if (cursor === undefined) return null;
  const place = schema.safeParse(decode(cursor));
  if (place.success && isStorable(place.data)) return place.data;
  throw invalidFields([{ path: 'cursor', code: 'unknown_cursor', message: 'Start again at the first page.' }]);
}

/** Messages are checked on arrival, but a cursor arrives encoded. A database refuses a null character. */
function isStorable(place: unknown): boolean {
  return [...textsIn(place)].every(({ text }) => text.isWellFormed() && !text.includes('\0'));
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
