import { Paper, Stack, Textarea } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import type { AccountView } from '@tenure/contracts';
import { ButtonTo } from '../app/links.js';
import { readApplicationSearch } from '../applications/application-search.js';
import { useWords } from '../words/use-words.js';
import { FormWithPreview, type FormWithPreviewProps } from './form-with-preview.js';

interface ChangeFormProps extends Omit<FormWithPreviewProps, 'cancel'> {
  account: AccountView;
  comment: object;
}

/** What the three forms about an account share: their own fields, and a comment. */
export function ChangeForm({ account, comment, children, ...form }: ChangeFormProps) {
  const { t } = useWords();
  return (
    <FormWithPreview {...form} cancel={<Cancel accountId={account.accountId} />}>
      <Paper withBorder p="md">
        <Stack gap="md">
          {children}
          <Textarea label={t('form.comment')} description={t('form.commentIs')} autosize minRows={3} {...comment} />
        </Stack>
      </Paper>
    </FormWithPreview>
  );
}

/** Back to where the user came from: the application not being sent again after all, or the account. */
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
