import { Button, Code, Stack, Text } from '@mantine/core';
import { Navigate, useLocation, type ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { isRefusal, NoAnswer, Refusal } from '../api/problem.js';
import { reloadPage } from '../api/session.js';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import { writeAddress } from './address.js';
import { failureWords } from './failure-words.js';
import { ButtonTo } from './links.js';
import { Page } from './page.js';
import { reloadsIfReplaced } from './replaced.js';

/** 403: signed in, but not allowed to enter. */
export function Forbidden({ needs }: { needs: 'superAdmin' | 'customerSuccess' }) {
  const { t } = useWords();
  const { member } = useSession();
  return (
    <Refused title={t('forbidden.title')}>
      <Text fw={600}>{t(`forbidden.${needs}`)}</Text>
      {needs === 'superAdmin' && <Text>{t('forbidden.ask', { organization: member.organization.name })}</Text>}
    </Refused>
  );
}

/** 404: an unknown address, or something of another organization. */
export function NotFound() {
  const { t } = useWords();
  return (
    <Refused title={t('notFound.title')}>
      <Text>{t('notFound.text')}</Text>
    </Refused>
  );
}

/**
 * Who may enter the other section sees the account or the application there: a partner and Customer Success send each
 * other the addresses of their pages.
 */
function Refused({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useWords();
  const { isSuperAdmin, isCustomerSuccess } = useSession();
  const { pathname, search } = useLocation();
  const [, here, page] = /^\/([a-z-]+)(\/(?:accounts|applications)\/[^/]+)/.exec(pathname) ?? [];
  const there = isCustomerSuccess ? 'customer-success' : 'account-management';
  if (page && here !== there && (isCustomerSuccess || isSuperAdmin))
    // `href` decides; the types ask for `to` as well.
    return <Navigate to="." href={`/${there}${page}${writeAddress({ show: search.show })}`} replace />;
  return (
    <Page title={title}>
      <Stack align="flex-start">
        {children}
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
        {/* Anything else is a fault of the console itself, not of the connection. */}
        {(error instanceof Refusal || error instanceof NoAnswer) && <Text size="sm">{failureWords(error, t)}</Text>}
        {error instanceof Refusal && error.requestId && <Code>{error.requestId}</Code>}
        {/* A browser does not request code that failed to load again until the page reloads. */}
        <Button onClick={error instanceof Refusal ? reset : reloadPage}>{t('action.tryAgain')}</Button>
      </Stack>
    </Page>
  );
}
