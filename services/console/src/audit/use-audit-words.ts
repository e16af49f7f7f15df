import { useWords, type T } from '../words/use-words.js';
import { wordsFor } from '../words/words-for.js';
import type { AuditChange } from './audit-changes.js';
import { useLicenseName } from '../account/license-name.js';
import { useSectorName } from '../account/sector-name.js';
import { useMomentWords } from '../account/use-moment-words.js';

/** Where to find the words for the codes in a field. */
const coded = {
  type: 'applicationType',
  state: 'accountState',
  verdict: 'action',
  why: 'delivery',
  resolution: 'unknown',
  language: 'shell.languageName',
  roles: 'organization.roles',
  status: 'emailDomains.status',
} as const;

/**
 * The audit trail in the reader's language. It may contain entries of a newer service: what has no translation is shown
 * as recorded.
 * @param timeZone in which instants are shown
 */
export function useAuditWords(timeZone: string) {
  const { t, format } = useWords();
  const licenseName = useLicenseName();
  const sectorName = useSectorName();
  const moments = useMomentWords();
  return {
    action: (action: string) => ofEither('Action', action.replace('.', '_'), t) ?? action,
    name: ({ name }: AuditChange) => ofEither('Field', name.split('.').at(-1)!, t) ?? name,
    value: ({ name }: AuditChange, value: unknown): string => {
      if (typeof value === 'number') return number(name, value);
      if (typeof value === 'boolean') return t(`saysSo.${value}`);
      const field = name.split('.').at(-1)!;
      if (Array.isArray(value))
        return value.map((one) => ofCode(field, String(one)) ?? moments.kind(String(one))).join(', ');
      if (typeof value !== 'string') return value === undefined ? '–' : JSON.stringify(value);
      if (field === 'license') return licenseName(value);
      if (field === 'country') return format.country(value);
      if (field === 'sector') return sectorName(value);
      // The last part of a notice's key is its kind.
      if (field === 'key') return moments.kind(value.split('/').at(-1)!);
      if (field === 'reason') return moments.reason(value);
      if (/^\d{4}-\d\d-\d\d$/.test(value)) return format.day(value);
      if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return format.moment(value, timeZone);
      return ofCode(field, value) ?? value;
    },
  };

  function ofCode(field: string, value: string): string | null {
    return field in coded ? wordsFor(coded[field as keyof typeof coded], value, t) : null;
  }

  function number(name: string, value: number): string {
    if (name !== 'clockAheadSeconds') return format.number(value);
    // To a tenth: from the reminder of a day to the day's end, a clock moves by 15 hours.
    const days = Math.round(value / 8_640) / 10;
    return t('clock.ahead', { count: days, shown: format.number(days) });
  }
}

/** Looks among the words of every page, then among those of the settings, which cover organizations. */
function ofEither(what: 'Action' | 'Field', name: string, t: T): string | null {
  return wordsFor(`audit${what}`, name, t) ?? wordsFor(`organization${what}`, name, t);
}
