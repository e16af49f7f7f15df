import { useWords } from '../words/use-words.js';

/** What stands on a button that sends: what it does, that it is doing so, or that it may be tried again. */
export function useSendLabel(): (send: { sending: boolean; uncertain: boolean }, does: string) => string {
  const { t } = useWords();
  return ({ sending, uncertain }, does) => {
    if (sending) return t('send.sending');
    return uncertain ? t('action.tryAgain') : does;
  };
}
