import { Alert, Stack, Text } from '@mantine/core';
import type { FieldError, Preview } from '@tenure/contracts';
import type { ReactNode } from 'react';
import { TermTimeline } from '../account/term-timeline-view.js';
import { Section } from '../app/section.js';
import { Waiting } from '../lists/waiting.js';
import { useWords } from '../words/use-words.js';
import { FieldMessage } from './field-message.js';
import { useDatesSentence } from './use-dates-sentence.js';
import classes from './forms.module.css';
import type { PreviewState } from './use-preview.js';

interface PreviewPanelProps {
  /** With the refusals that no field shows, and the license for messages that name it. */
  preview: PreviewState & { why: FieldError[]; license: string | undefined };
  children: ReactNode;
}

/** Beside a form: what would happen if it were approved now. A preview of an earlier input is dimmed. */
export function PreviewPanel({ preview, children }: PreviewPanelProps) {
  const { t } = useWords();
  const { answer, isOld, isAwaited, isEarly, hasFailed, why, license } = preview;
  return (
    <Section title={t('preview.title')} aria-busy={isAwaited}>
      {isEarly && <Text size="sm">{t('preview.early')}</Text>}
      {hasFailed && <Alert color="yellow">{t('preview.none')}</Alert>}
      {isAwaited && !answer && <Waiting height={160} />}
      {answer && !hasFailed && (
        <Stack gap="md" className={classes.answer} data-old={isOld || undefined}>
          {!answer.approvable && (
            <Text size="sm" fw={650}>
              {t(answer.refusals.every(({ code }) => code === 'no_change') ? 'preview.unchanged' : 'preview.refused')}
            </Text>
          )}
          {why.map((error) => (
            <Text key={error.path + error.code} size="sm">
              <FieldMessage error={error} license={license} />
            </Text>
          ))}
          {children}
        </Stack>
      )}
    </Section>
  );
}

/** A new account's term: its dates in words, and its e-mails on a timeline. */
export function TermPreview({ answer }: { answer: Preview }) {
  const { t } = useWords();
  const sentence = useDatesSentence();
  if (answer.term === null || answer.timeZone === null) return null;
  // A renewal before the end continues from the last day of the term, whenever it is approved.
  const startsWithDecision = answer.before === null || answer.before.state === 'expired';
  return (
    <>
      <Text size="sm">
        {sentence(answer)} {startsWithDecision && t('preview.later')}
      </Text>
      <TermTimeline
        label={t('preview.timeline')}
        moments={answer.timeline}
        now={answer.asOf}
        timeZone={answer.timeZone}
      />
    </>
  );
}
