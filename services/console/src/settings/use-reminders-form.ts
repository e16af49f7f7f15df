import { useQueryClient } from '@tanstack/react-query';
import type { ChosenPolicy, PolicyView } from '@tenure/contracts';
import { useState } from 'react';
import { changePolicy } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { isRefusal } from '../api/problem.js';
import { policyQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import type { Failed } from '../forms/form-summary.js';
import { useAskBeforeClosing } from '../forms/use-ask-before-closing.js';
import { useDraft } from '../forms/use-draft.js';
import { useWords } from '../words/use-words.js';
import { chosenOf, problemsOf, remindersOf, type Reminders } from './reminder-rows.js';

/** The reminders form: kept as a draft until it is applied or discarded, validated, and sent once. */
export function useRemindersForm(policy: PolicyView) {
  const { t } = useWords();
  const queries = useQueryClient();
  // A change by somebody else is overwritten only after the user has been shown it.
  const initial = { ...remindersOf(policy), replaces: policy.version };
  const { values, isTyped, restored, stored, change, discard } = useDraft('reminders', initial);
  const [failed, setFailed] = useState<Failed>();
  const content = { ...chosenOf(values), replaces: values.replaces };
  const problems = problemsOf(values, policy);
  const errorsOf = (found: typeof problems) =>
    Object.fromEntries(found.map(({ path, code }) => [path, t(`reminders.problem.${code}`)]));

  const begin = () => {
    discard();
    setFailed(undefined);
  };
  const send = useSend<ChosenPolicy & { replaces: number }, PolicyView>({
    scope: 'reminder_policy',
    send: changePolicy,
    onAnswer: (chosen, sent) => {
      // What was typed since stays.
      if (!isTyped || JSON.stringify(content) === JSON.stringify(sent)) begin();
      else change({ ...values, replaces: chosen.version });
      keepAnswer(queries, policyQuery.queryKey, chosen);
      announce(t('reminders.applied'));
    },
    onRefusal: (refusal) => {
      // The current policy is shown; sending again replaces it.
      if (isRefusal(refusal, 'policy_changed')) {
        const current = refusal.problem.current as PolicyView;
        keepAnswer(queries, policyQuery.queryKey, current);
        change({ ...values, replaces: current.version });
      }
      setFailed({ errors: {}, ...(!isRefusal(refusal, 'policy_changed') && { refusal }) });
    },
  });
  useAskBeforeClosing(() => stored.read() !== undefined);

  return {
    values,
    change: (next: Reminders) => change({ ...next, replaces: values.replaces }),
    /** Before the first attempt to send, missing input is not reported. */
    errors: errorsOf(failed ? problems : problems.filter(({ code }) => code !== 'unchanged' && code !== 'none')),
    isUnchanged: problems.some(({ code }) => code === 'unchanged'),
    isComplete: problems.every(({ code }) => code === 'unchanged'),
    failed,
    send,
    changedMeanwhile: isRefusal(send.refusal, 'policy_changed'),
    restored,
    discard: () => {
      begin();
      send.reset();
    },
    submit: () => {
      if (problems.length > 0) return setFailed({ errors: errorsOf(problems) });
      setFailed(undefined);
      announce(t('send.sending'));
      return send.submit(content);
    },
  };
}
