import type { FieldError, LicenseView } from '@tenure/contracts';
import type { Format } from '../words/format.js';
import type { T } from '../words/use-words.js';

interface Words {
  t: T;
  format: Format;
  /** What people call a license. */
  licenseName: (code: LicenseView['code']) => string;
  /** The license that is chosen in the form, where a message names it. */
  license?: string | undefined;
}

/** `application.datapoints`, as it is called over NATS, is the form's field `datapoints`. */
export function fieldOf(path: string): string {
  return path.replace(/^application\./, '');
}

/**
 * What is wrong with a field, in the reader's language, from a refusal of the API or of the schema in the browser (both
 * have the same codes). A code that nobody has translated keeps the API's own sentence.
 */
export function fieldMessage({ path, code, figures = {}, message }: FieldError, words: Words): string {
  const field = fieldOf(path);
  const { t, format, licenseName, license } = words;
  const count = (name: string) => Number(figures[name] ?? 0);
  const figure = (name: string) => format.number(count(name));
  const named = license ? licenseName(license) : t('column.license');
  switch (code) {
    case 'name_taken':
      return t('field.nameTaken');
    case 'unseen_characters':
      return t('field.unseenCharacters');
    case 'only_in_spain':
      return t('field.onlyInSpain');
    case 'above_license':
      return t('field.aboveLicense', { license: named, max: figure('maximum') });
    case 'below_used':
      return t('field.belowUsed', { used: figure('used') });
    case 'too_many_datapoints':
      return t('field.tooManyDatapoints', {
        license: named,
        max: t('datapoints.number', { count: count('maximum'), shown: figure('maximum') }),
        contracted: figure('contracted'),
      });
    case 'too_many_rtc_lines':
      return t('field.tooManyRtcLines', { license: named, max: figure('maximum'), lines: figure('rtcLines') });
    case 'no_change':
      return field === 'license' ? t('field.sameLicense') : t('field.sameDatapoints');
    case 'application_pending':
      return t('field.alreadyPending');
    case 'too_many_pending':
      return t('field.tooManyPending', {
        count: count('pending'),
        pending: figure('pending'),
        max: figure('maximum'),
      });
    case 'account_expired':
      return t('field.accountExpired');
  }
  return byField(field, code, t) ?? message;
}

/** What the schema finds wrong with a field is said by the field alone: what to enter. */
function byField(field: string, code: string, t: T): string | undefined {
  const isTooLong = code === 'too_big';
  const isName = field === 'accountName' || field === 'customerName';
  // A tab, as it is pasted from two cells of a table: what is seen is a name.
  if (isName && code === 'invalid_format') return t('field.unseenCharacters');
  switch (field) {
    case 'accountName':
      return isTooLong ? t('field.nameTooLong') : t('field.accountName');
    case 'customerName':
      return isTooLong ? t('field.nameTooLong') : t('field.customerName');
    case 'license':
      return t('field.license');
    case 'datapoints':
      return code === 'not_whole' ? t('field.whole') : code === 'too_big' ? t('field.tooLarge') : t('field.datapoints');
    case 'months':
      return code === 'not_whole' ? t('field.whole') : t('field.months');
    case 'sector':
      return t('field.sector');
    case 'country':
      return t('field.country');
    case 'timeZone':
      return t('field.timeZone');
    case 'rtcLines':
      return code === 'not_whole' ? t('field.whole') : code === 'too_big' ? t('field.tooLarge') : t('field.zeroOrMore');
    case 'emailDomain':
      return t('field.emailDomain');
    case 'comment':
      return t('field.comment');
    case 'reason':
      return isTooLong ? t('field.comment') : t('field.reason');
    default:
      return undefined;
  }
}
