import type { FieldError } from '@tenure/contracts';
import { useLicenseName } from '../account/license-name.js';
import { useWords } from '../words/use-words.js';
import { fieldMessage } from './field-messages.js';

/** The error at a field, in the current language, even if the language was switched since. */
export function FieldMessage({ error, license }: { error: FieldError; license?: string | undefined }) {
  const { t, format } = useWords();
  const licenseName = useLicenseName();
  return <>{fieldMessage(error, { t, format, licenseName, license })}</>;
}
