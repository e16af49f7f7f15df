import { Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { DraftNotice } from './draft-notice.js';
import { FormSummary, SendButton } from './form-summary.js';
import classes from './forms.module.css';
import { PreviewPanel } from './preview-panel.js';
import type { useApplicationForm } from './use-application-form.js';

export interface FormWithPreviewProps {
  /** The form's action, as on its button. */
  title: string;
  form: Pick<
    ReturnType<typeof useApplicationForm>,
    'generation' | 'onSubmit' | 'restored' | 'discard' | 'failed' | 'send' | 'preview'
  >;
  labels: Readonly<Record<string, string>>;
  license?: string | undefined;
  /** The fields. */
  children: ReactNode;
  /** The way back. */
  cancel: ReactNode;
  /** What would happen, once the preview has been answered. */
  beside: ReactNode;
}

/** The draft notice, errors and fields; beside them or, on a narrow screen, below them, the preview; Send, the way back. */
export function FormWithPreview({ title, form, labels, license, children, cancel, beside }: FormWithPreviewProps) {
  const { send } = form;
  return (
    <form key={form.generation} className={classes.columns} onSubmit={form.onSubmit} noValidate>
      <Stack gap="md">
        <DraftNotice restored={form.restored} onDiscard={form.discard} />
        <FormSummary labels={labels} failed={form.failed} license={license} />
        {children}
      </Stack>
      <div className={classes.beside}>
        <PreviewPanel preview={form.preview}>{beside}</PreviewPanel>
      </div>
      <Group gap="md">
        <SendButton sending={send.sending} uncertain={send.uncertain}>
          {title}
        </SendButton>
        {cancel}
      </Group>
    </form>
  );
}
