import { useWords } from '../words/use-words.js';

/** The label of a button that sends: its action, "Sending…", or "Try again". */
export function useSendLabel(): (send: { sending: boolean; uncertain: boolean }, does: string) => string {
  const { t } = useWords();
  return ({ sending, uncertain }, does) => {
    if (sending) return t('send.sending');
    return uncertain ? t('action.tryAgain') : does;
  };
}
