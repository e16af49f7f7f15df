import type { DeliveryDetails, ReportKind } from '@tenure/contracts';
import { useWords } from '../words/use-words.js';
import { wordsFor } from '../words/words-for.js';
import { reasonWords } from './reason-words.js';

type EmailEvent = DeliveryDetails['history'][number]['kind'];
type KnownEvent = ReportKind | 'confirmed' | 'sent_again' | 'retried';

/** What a moment of a timeline is called, and why it was skipped or does not apply. */
export function useMomentWords() {
  const { t } = useWords();
  return {
    /** @param kind a reminder's offset (`P1M`), `expired`, or what happened to an application */
    kind: (kind: string): string => {
      const words = wordsFor('moment', kind, t) ?? wordsFor('notice', kind, t);
      const [, count, unit] = /^P(\d+)([MD])$/.exec(kind) ?? [];
      if (words !== null || count === undefined) return words ?? kind;
      if (unit === 'M') return t('moment.monthsBefore', { count: Number(count) });
      if (Number(count) % 7 === 0) return t('moment.weeksBefore', { count: Number(count) / 7 });
      return t('moment.daysBefore', { count: Number(count) });
    },
    /** What happened to an e-mail. A kind that only a later version knows is shown by its code. */
    event: (kind: EmailEvent): string => t(`emailEvent.${kind as KnownEvent}`, { defaultValue: kind }),
    reason: (reason: string): string => reasonWords(reason, t),
  };
}
