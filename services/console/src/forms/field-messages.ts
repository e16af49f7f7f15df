import type { FieldError, LicenseView, RefusalCode } from '@tenure/contracts';
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

/** Of the form itself: the name, and what else is pending. */
type OwnCode = 'application_pending' | 'name_taken' | 'too_many_pending' | 'unseen_characters';

interface Said extends Words {
  field: string;
  count: (figure: string) => number;
  figure: (figure: string) => string;
  /** The license chosen in the form. */
  named: string;
}

/** The texts of refusals, by code; null where the field alone determines the message. */
const texts: Record<OwnCode | RefusalCode, ((said: Said) => string) | null> = {
  name_taken: ({ t }) => t('field.nameTaken'),
  unseen_characters: ({ t }) => t('field.unseenCharacters'),
  application_pending: ({ t }) => t('field.alreadyPending'),
  too_many_pending: ({ t, count, figure }) =>
    t('field.tooManyPending', { count: count('pending'), pending: figure('pending'), max: figure('maximum') }),
  only_in_spain: ({ t }) => t('field.onlyInSpain'),
  above_license: ({ t, named, figure }) => t('field.aboveLicense', { license: named, max: figure('maximum') }),
  below_used: ({ t, figure }) => t('field.belowUsed', { used: figure('used') }),
  too_many_datapoints: ({ t, named, count, figure }) =>
    t('field.tooManyDatapoints', {
      license: named,
      max: t('datapoints.number', { count: count('maximum'), shown: figure('maximum') }),
      contracted: figure('contracted'),
    }),
  too_many_rtc_lines: ({ t, named, figure }) =>
    t('field.tooManyRtcLines', { license: named, max: figure('maximum'), lines: figure('rtcLines') }),
  no_change: ({ t, field }) => (field === 'license' ? t('field.sameLicense') : t('field.sameDatapoints')),
  account_expired: ({ t }) => t('field.accountExpired'),
  lasts_too_long: ({ t }) => t('field.lastsTooLong'),
  already_open: null,
  out_of_range: null,
  too_small: null,
  unknown_country: null,
  unknown_license: null,
  unknown_time_zone: null,
};

/**
 * The error at a field, in the reader's language, from a refusal of the API or of the schema in the browser (both use
 * the same codes). A code without a translation keeps the API's own message.
 */
export function fieldMessage({ path, code, figures = {}, message }: FieldError, words: Words): string {
  const { t, format, licenseName, license } = words;
  const field = fieldOf(path);
  const count = (name: string) => Number(figures[name] ?? 0);
  const figure = (name: string) => format.number(count(name));
  const named = license ? licenseName(license) : t('column.license');
  const textOf: Partial<Record<string, (typeof texts)[RefusalCode]>> = texts;
  return textOf[code]?.({ ...words, field, count, figure, named }) ?? byField(field, code, t) ?? message;
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
