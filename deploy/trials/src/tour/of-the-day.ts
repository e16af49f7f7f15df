import type { Preview } from '@tenure/contracts';
import { localDay } from './local-time.js';

/**
 * The preview for the local day of the instant in the account's zone. A preview applies to an approval on its own day,
 * so it is fetched again once midnight has passed there.
 */
export async function ofTheDay<P extends Pick<Preview, 'asOf' | 'timeZone'>>(
  instant: string,
  shown: P,
  again: () => Promise<P>,
): Promise<P> {
  const day = (at: string) => localDay(at, shown.timeZone!);
  return day(instant) === day(shown.asOf) ? shown : again();
}
