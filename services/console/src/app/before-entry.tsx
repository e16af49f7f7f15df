import { Button, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { isRefusal } from '../api/problem.js';
import { useWords } from '../words/use-words.js';
import { Themed } from './application.js';
import { failureWords } from './failure-words.js';
import { focusTitle } from './focus-title.js';

/** Shown to somebody who cannot be let in: the browser keeps no session, not a member, or Tenure does not answer. */
export function BeforeEntry({ error }: { error: unknown }) {
  const { t } = useWords();
  // Without cookies, browsers do not give access to the storage either.
  if (!navigator.cookieEnabled)
    return <Outside title={t('noCookies.title')} text={t('noCookies.text')} action={t('action.tryAgain')} />;
  return isRefusal(error, 'member_unknown', 'forbidden') ? (
    <Outside title={t('unknownMember.title')} text={t('unknownMember.text')} action={t('action.tryAgain')} />
  ) : (
    <Outside title={t('failed.title')} text={failureWords(error, t)} action={t('action.tryAgain')} />
  );
}

/** Shown in all windows after somebody has signed out. */
export function SignedOut() {
  const { t } = useWords();
  return <Outside title={t('signedOut.title')} text={t('signedOut.text')} action={t('signedOut.signIn')} />;
}

/** A page without a member, and the way to sign in. */
function Outside({ title, text, action }: { title: string; text: string; action: string }) {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
    focusTitle();
  }, [title, t]);
  return (
    <Themed>
      <Stack component="main" align="flex-start" maw="36rem" mx="auto" my="10vh" px="md">
        <Title order={1} size="h2" tabIndex={-1} style={{ outline: 'none' }}>
          {title}
        </Title>
        <Text>{text}</Text>
        <Button onClick={() => window.location.reload()}>{action}</Button>
      </Stack>
    </Themed>
  );
}
