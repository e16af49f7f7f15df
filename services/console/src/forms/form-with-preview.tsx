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
    'generation' | 'onSubmit' | 'restored' | 'discard' | 'errors' | 'failures' | 'send' | 'preview'
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

/** The draft notice, errors, fields, Send and the way back, with the preview beside them. */
export function FormWithPreview({ title, form, labels, license, children, cancel, beside }: FormWithPreviewProps) {
  const { send } = form;
  return (
    <div className={classes.columns}>
      <form key={form.generation} onSubmit={form.onSubmit} noValidate>
        <Stack gap="md">
          <DraftNotice restored={form.restored} onDiscard={form.discard} />
          <FormSummary
            labels={labels}
            errors={form.errors}
            failures={form.failures}
            refusal={send.refusal}
            license={license}
          />
          {children}
          <Group gap="md">
            <SendButton sending={send.sending} uncertain={send.uncertain}>
              {title}
            </SendButton>
            {cancel}
          </Group>
        </Stack>
      </form>
      <div className={classes.beside}>
        <PreviewPanel preview={form.preview}>{beside}</PreviewPanel>
      </div>
    </div>
  );
}
