import { createHash } from 'node:crypto';
import { Latest, type Calendar } from '@tenure/contracts';

/** The text of a calendar, with its entity tag. */
export interface CalendarText {
  text: string;
  etag: string;
}

/** The largest has a megabyte. */
const keptAtMost = 20;

/**
 * The texts of the calendars that were read last. Writing one of 2,000 entries takes a quarter of a second, in which
 * the gateway answers nobody, and whoever has its address can read it sixty times a minute without a sign-in.
 */
export class CalendarTexts {
  readonly #kept = new Latest<string, CalendarText>(keptAtMost);

  constructor(private readonly write: (calendar: Calendar) => string) {}

  of(calendar: Calendar): CalendarText {
    const key = digestOf(JSON.stringify(calendar));
    const found = this.#kept.get(key) ?? this.#written(calendar);
    this.#kept.set(key, found);
    return found;
  }

  #written(calendar: Calendar): CalendarText {
    const text = this.write(calendar);
    return { text, etag: `"${digestOf(text)}"` };
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
