import type { FieldError, LicenseView } from '@tenure/contracts';
import type { Format } from '../words/format.js';
import type { T } from '../words/use-words.js';

interface Words {
  t: T;
  format: Format;
  /** The display name of a license. */
  licenseName: (code: LicenseView['code']) => string;
  /** The license chosen in the form, for messages that name it. */
  license?: string | undefined;
}

/** `application.datapoints`, as NATS messages call it, is the form's field `datapoints`. */
export function fieldOf(path: string): string {
  return path.replace(/^application\./, '');
}

/**
 * The error at a field, in the reader's language, from a refusal of the API or of the schema in the browser (both use
 * the same codes). A code without a translation keeps the API's own message.
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
    case 'lasts_too_long':
      return t('field.lastsTooLong');
  }
  return byField(field, code, t) ?? message;
}

/** For errors of the schema, the field alone determines the message: what to enter. */
function byField(field: string, code: string, t: T): string | undefined {
  const isTooLong = code === 'too_big';
  const isName = field === 'accountName' || field === 'customerName';
  // A tab, for example pasted from two cells of a spreadsheet: what the user sees is a valid name.
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
