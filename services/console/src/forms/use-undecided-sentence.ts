import type { Preview } from '@tenure/contracts';
import { dateOf, lastDayBefore } from '../words/format.js';
import { useWords } from '../words/use-words.js';

/**
 * Until when an account works while its renewal is pending; past its last day, only because of that. Empty if the
 * account has stopped.
 */
export function useUndecidedSentence(): (
  preview: Pick<Preview, 'asOf' | 'before' | 'timeZone' | 'worksUntilIfUndecided'>,
) => string {
  const { t, format } = useWords();
  return ({ asOf, before, timeZone, worksUntilIfUndecided }) => {
    if (before === null || timeZone === null || worksUntilIfUndecided === null) return '';
    const until = format.day(lastDayBefore(worksUntilIfUndecided, timeZone));
    return dateOf(asOf, timeZone) > before.expiresOn
      ? t('form.stopsIfRejected', { until })
      : t('form.ifUndecided', { day: format.day(before.expiresOn), until });
  };
}
