import { Alert, Anchor, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import type { Refusal } from '../api/problem.js';
import { LinkTo } from '../app/links.js';
import { failureWords } from '../app/failure-words.js';
import { SubmitButton } from '../app/submit-button.js';
import { useWords, type T } from '../words/use-words.js';
import { FieldMessage } from './field-message.js';
import { fieldId } from './field-id.js';
import { fieldOf } from './field-messages.js';

/** Why an attempt to send has failed. */
export interface Failed {
  /** By the names of the fields. */
  errors: Readonly<Record<string, ReactNode>>;
  refusal?: Refusal | undefined;
}

interface FormSummaryProps {
  /** The label of each field by its name, in the order of the fields. */
  labels: Readonly<Record<string, string>>;
  failed: Failed | undefined;
  license?: string | undefined;
}

/**
 * The errors of a failed attempt to send, each linked to its field. It takes the focus each time, and stays as it is
 * until the next attempt: with each correction it would move the fields below it.
 */
export function FormSummary({ labels, failed, license }: FormSummaryProps) {
  const { t, format } = useWords();
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failed) summary.current?.focus();
  }, [failed]);
  if (!failed) return null;
  const { errors, refusal } = failed;
  const wrong = Object.keys(labels).filter((name) => errors[name]);
  const others = refusal ? sentencesOf(refusal, Object.keys(labels), t) : [];
  if (wrong.length === 0 && others.length === 0) return null;
  const title =
    wrong.length > 0
      ? t('form.toCorrect', { count: wrong.length, shown: format.number(wrong.length) })
      : t('form.refused');
  return (
    <Alert ref={summary} tabIndex={-1} color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={title}>
      <List size="sm" spacing={4}>
        {wrong.map((name) => (
          <List.Item key={name}>
            <Anchor
              href={`#${fieldId(name)}`}
              size="sm"
              underline="always"
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(fieldId(name))?.focus();
              }}
            >
              {labels[name]}
            </Anchor>
            {': '}
            {errors[name]}
          </List.Item>
        ))}
        {others.map((error) => (
          <List.Item key={error.path + error.code}>
            <FieldMessage error={error} license={license} />
          </List.Item>
        ))}
      </List>
      <WayToPending refusal={refusal} />
    </Alert>
  );
}

/** The parts of a refusal that concern no field of the form. */
function sentencesOf(refusal: Refusal, fields: readonly string[], t: T) {
  const { problem } = refusal;
  if (problem.errors?.length) return problem.errors.filter(({ path }) => !fields.includes(fieldOf(path)));
  return [{ path: '', code: problem.code, message: failureWords(refusal, t) }];
}

function WayToPending({ refusal }: Pick<Failed, 'refusal'>) {
  const { t } = useWords();
  const { applicationId } = (refusal?.problem.current ?? {}) as { applicationId?: string };
  if (refusal?.problem.code !== 'application_pending' || !applicationId) return null;
  return (
    <LinkTo to="/account-management/applications/$applicationId" params={{ applicationId }} size="sm">
      {t('form.otherPending')}
    </LinkTo>
  );
}

interface SendButtonProps {
  sending: boolean;
  /** It may not have arrived. */
  uncertain: boolean;
  /** Its label. */
  children: string;
}

/** Sends a form once, however often it is clicked. */
export function SendButton({ sending, uncertain, children }: SendButtonProps) {
  const { t } = useWords();
  const button = useRef<HTMLButtonElement>(null);
  // The message above it must not push it off the screen.
  useLayoutEffect(() => {
    if (uncertain) button.current?.scrollIntoView({ block: 'nearest' });
  }, [uncertain]);
  return (
    <>
      {uncertain && (
        <Alert color="yellow" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('form.noAnswer')} w="100%">
          <Text size="sm">{t('send.uncertain')}</Text>
        </Alert>
      )}
      <SubmitButton send={{ sending, uncertain }} ref={button} size="md" style={sending ? { cursor: 'progress' } : {}}>
        {children}
      </SubmitButton>
    </>
  );
}
