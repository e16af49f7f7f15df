import type { Preview } from '@tenure/contracts';
import { localDay } from './local-time.js';

/**
 * The preview that holds on the day of the instant, where the account is. One says what an approval on its own day would
 * bring: once midnight has passed there, it is asked for again.
 */
export async function ofTheDay<P extends Pick<Preview, 'asOf' | 'timeZone'>>(
  instant: string,
  shown: P,
  again: () => Promise<P>,
): Promise<P> {
  const day = (at: string) => localDay(at, shown.timeZone!);
  return day(instant) === day(shown.asOf) ? shown : again();
}
