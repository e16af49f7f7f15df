import { Button, Stack, Text, Title } from '@mantine/core';
import { isRefusal } from '../api/problem.js';
import { useWords } from '../words/use-words.js';
import { Themed } from './application.js';
import { failureWords } from './failure-words.js';

/** What is shown to somebody who cannot be let in: unknown here, or Tenure does not answer. */
export function BeforeEntry({ error }: { error: unknown }) {
  const { t } = useWords();
  const unknown = isRefusal(error, 'member_unknown', 'forbidden');
  return (
    <Themed>
      <Stack component="main" align="flex-start" maw="36rem" mx="auto" my="10vh" px="md">
        <Title order={1} size="h2">
          {unknown ? t('unknownMember.title') : t('failed.title')}
        </Title>
        <Text>{unknown ? t('unknownMember.text') : failureWords(error, t)}</Text>
        <Button onClick={() => window.location.reload()}>{t('action.tryAgain')}</Button>
      </Stack>
    </Themed>
  );
}
