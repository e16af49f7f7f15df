import { Button, Code, Stack, Text } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isRefusal, Refusal } from '../api/problem.js';
import { reloadPage } from '../api/session.js';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import { failureWords } from './failure-words.js';
import { ButtonTo } from './links.js';
import { Page } from './page.js';
import { reloadsIfReplaced } from './replaced.js';

/** 403: signed in, but not allowed to enter. */
export function Forbidden({ needs }: { needs: 'superAdmin' | 'customerSuccess' }) {
  const { t } = useWords();
  const { member } = useSession();
  return (
    <Page title={t('forbidden.title')}>
      <Stack align="flex-start">
        <Text fw={600}>{t(`forbidden.${needs}`)}</Text>
        {needs === 'superAdmin' && <Text>{t('forbidden.ask', { organization: member.organization.name })}</Text>}
        <ButtonTo to="/" variant="default">
          {t('failed.toMain')}
        </ButtonTo>
      </Stack>
    </Page>
  );
}

/** 404: an unknown address, or something of another organization. */
export function NotFound() {
  const { t } = useWords();
  return (
    <Page title={t('notFound.title')}>
      <Stack align="flex-start">
        <Text>{t('notFound.text')}</Text>
        <ButtonTo to="/" variant="default">
          {t('failed.toMain')}
        </ButtonTo>
      </Stack>
    </Page>
  );
}

/** Why a page could not be shown; the rest of the application keeps working. */
export function Failed({ error, reset }: ErrorComponentProps) {
  const { t } = useWords();
  useEffect(() => {
    if (!(error instanceof Refusal)) void reloadsIfReplaced();
  }, [error]);
  if (isRefusal(error, 'not_found')) return <NotFound />;
  return (
    <Page title={t('failed.title')}>
      <Stack align="flex-start" role="alert">
        <Text>{t('failed.page')}</Text>
        <Text size="sm">{failureWords(error, t)}</Text>
        {error instanceof Refusal && error.requestId && <Code>{error.requestId}</Code>}
        {/* A browser does not request code that failed to load again until the page reloads. */}
        <Button onClick={error instanceof Refusal ? reset : reloadPage}>{t('action.tryAgain')}</Button>
      </Stack>
    </Page>
  );
}
