import { useLicenseName } from '../account/license-name.js';
import { useWords } from '../words/use-words.js';
import { fieldMessage } from '../forms/field-messages.js';
import type { CheckOf } from './checks.js';

/** A check in words, with what is asked for and what is possible. @param license which the figures are of */
export function useCheckWords(license: string | undefined): (check: CheckOf) => string {
  const { t, format } = useWords();
  const licenseName = useLicenseName();
  return (check) =>
    check.what === 'other'
      ? fieldMessage(check.refusal, { t, format, licenseName, license })
      : t(`check.${check.what}`, {
          asked: format.number(check.asked),
          limit: format.number(check.limit),
          license: license ? licenseName(license) : '',
        });
}
