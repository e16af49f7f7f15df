import { useLicenseName } from '../account/license-name.js';
import { useQuantity } from '../words/use-quantity.js';
import { useWords } from '../words/use-words.js';
import { fieldMessage } from '../forms/field-messages.js';
import type { CheckOf } from './checks.js';

/** The unit of each check's figures. */
const counted = {
  active: 'datapoints',
  minimum: 'datapoints',
  license: 'datapoints',
  used: 'datapoints',
  fits: 'datapoints',
  rtcLines: 'rtcLines',
  spain: 'rtcLines',
  linesFit: 'rtcLines',
  months: 'months',
} as const;

/** A check in words, with the requested figure and the limit. @param license to which the limits belong */
export function useCheckWords(license: string | undefined): (check: CheckOf) => string {
  const { t, format } = useWords();
  const licenseName = useLicenseName();
  const quantity = useQuantity();
  return (check) =>
    check.what === 'other'
      ? fieldMessage(check.refusal, { t, format, licenseName, license })
      : t(`check.${check.what}`, {
          asked: quantity(check.asked, counted[check.what]),
          limit: format.number(check.limit),
          license: license ? licenseName(license) : '',
        });
}
