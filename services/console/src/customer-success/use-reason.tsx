import { Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useDraft } from '../forms/use-draft.js';
import { useWords } from '../words/use-words.js';

/**
 * The reason for which unclear e-mails are resolved. It is required, and kept as a draft.
 * @param scope names the draft
 */
export function useReason(scope: string) {
  const { t } = useWords();
  const draft = useDraft(scope, { reason: '' });
  const { reason } = draft.values;
  const input = useRef<HTMLTextAreaElement>(null);
  const [isMissing, setMissing] = useState(false);
  const field = (label: string, readOnly = false) => (
    <Textarea
      ref={input}
      label={label}
      value={reason}
      onChange={({ currentTarget }) => {
        draft.change({ reason: currentTarget.value });
        setMissing(false);
      }}
      error={isMissing && t('unknown.reasonMissing')}
      maxLength={1000}
      autosize
      minRows={2}
      readOnly={readOnly}
      data-autofocus
      required
    />
  );
  return {
    field,
    /** Sends with the reason, or says at the field that it is missing. */
    submit: (send: (reason: string) => void) => {
      if (reason.trim() !== '') return send(reason.trim());
      setMissing(true);
      input.current?.focus();
    },
    discard: draft.discard,
  };
}
