import type { FieldError } from '@tenure/contracts';
import { useLicenseName } from '../account/license-name.js';
import { useWords } from '../words/use-words.js';
import { fieldMessage } from './field-messages.js';

/** What is wrong with a field, said in the language that is spoken now, also if that was changed since. */
export function FieldMessage({ error, license }: { error: FieldError; license?: string | undefined }) {
  const { t, format } = useWords();
  const licenseName = useLicenseName();
  return <>{fieldMessage(error, { t, format, licenseName, license })}</>;
}
