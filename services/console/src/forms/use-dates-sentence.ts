import type { Preview } from '@tenure/contracts';
import { dateOf, datesInWords } from '../words/format.js';
import { useWords } from '../words/use-words.js';

/** "If approved today: first day …, last day …; e-mails at 09:00 (Europe/Madrid) on …": the dates of the term that would hold. */
export function useDatesSentence(): (preview: Pick<Preview, 'term' | 'timeline' | 'timeZone'>) => string {
  const { t, format } = useWords();
  return ({ term, timeline, timeZone }) => {
    if (term === null || timeZone === null) return '';
    const days = { first: format.day(term.firstDay), last: format.day(term.expiresOn) };
    const planned = timeline.filter(({ kind, status }) => kind !== 'expired' && status === 'planned');
    if (planned[0] === undefined) return t('preview.datesAlone', days);
    const time = format.time(planned[0].at, timeZone);
    const [hour, minutes = ''] = time.split(':');
    return t('preview.dates', {
      ...days,
      at: t('preview.at', { count: Number(hour), time, minutes }),
      zone: timeZone,
      days: datesInWords(
        planned.map(({ at }) => dateOf(at, timeZone)),
        format,
      ),
    });
  };
}
