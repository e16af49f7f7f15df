import { Group, Paper, Stack, Textarea } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import type { AccountView } from '@tenure/contracts';
import type { ReactNode } from 'react';
import { ButtonTo } from '../app/links.js';
import { readApplicationSearch } from '../applications/application-search.js';
import { useWords } from '../words/use-words.js';
import { DraftNotice } from './draft-notice.js';
import { FormSummary, SendButton } from './form-summary.js';
import classes from './forms.module.css';
import { PreviewPanel } from './preview-panel.js';
import type { useApplicationForm } from './use-application-form.js';

interface ChangeFormProps {
  title: string;
  account: AccountView;
  form: Pick<
    ReturnType<typeof useApplicationForm<{ comment: string }>>,
    'generation' | 'onSubmit' | 'restored' | 'discard' | 'failures' | 'send' | 'preview'
  > & { errors: Readonly<Record<string, ReactNode>>; comment: object };
  labels: Readonly<Record<string, string>>;
  license?: string | undefined;
  children: ReactNode;
  /** What would happen, once there is an answer. */
  beside: ReactNode;
}

/** What the three forms about an account share: their own fields, a comment, Send, and what would happen beside them. */
export function ChangeForm({ title, account, form, labels, license, children, beside }: ChangeFormProps) {
  const { t } = useWords();
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
          <Paper withBorder p="md">
            <Stack gap="md">
              {children}
              <Textarea
                label={t('form.comment')}
                description={t('form.commentIs')}
                autosize
                minRows={3}
                {...form.comment}
              />
            </Stack>
          </Paper>
          <Group gap="md">
            <SendButton sending={send.sending} uncertain={send.uncertain}>
              {title}
            </SendButton>
            <Cancel accountId={account.accountId} />
          </Group>
        </Stack>
      </form>
      <div className={classes.beside}>
        <PreviewPanel preview={form.preview}>{beside}</PreviewPanel>
      </div>
    </div>
  );
}

/** Back to where one came from: the application that is not sent again, or the account. */
function Cancel({ accountId }: { accountId: string }) {
  const { t } = useWords();
  const { again, ...narrowed } = useSearch({ strict: false });
  const look = { variant: 'subtle', size: 'md', children: t('form.cancel') } as const;
  return again === undefined ? (
    <ButtonTo to="/account-management/accounts/$accountId" params={{ accountId }} search {...look} />
  ) : (
    <ButtonTo
      to="/account-management/applications/$applicationId"
      params={{ applicationId: again }}
      search={readApplicationSearch(narrowed)}
      {...look}
    />
  );
}
