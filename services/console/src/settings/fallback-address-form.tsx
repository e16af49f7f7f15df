import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FallbackAddress } from '@tenure/contracts';
import { useId, useState } from 'react';
import { setFallbackAddress } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { isRefusal } from '../api/problem.js';
import { fallbackAddressQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { NotDone } from '../app/not-done.js';
import { useSendLabel } from '../app/use-send-label.js';
import { CouldNotLoad } from '../lists/list-states.js';
import { useWords } from '../words/use-words.js';

/** Who gets what reaches nobody else. There is nothing to type before what holds is known. */
export function FallbackAddressForm() {
  const { t } = useWords();
  const label = useSendLabel();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(fallbackAddressQuery);
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? data?.fallbackEmail ?? '';
  const id = useId();
  const send = useSend<string, FallbackAddress>({
    scope: 'organization/fallback-address',
    send: (content, options) => setFallbackAddress(content === '' ? null : content, options),
    onAnswer: (saved) => {
      keepAnswer(queries, fallbackAddressQuery.queryKey, saved);
      setTyped(undefined);
      announce(t('addresses.fallbackSaved'));
    },
    onRefusal: (refusal) => isRefusal(refusal, 'invalid') && announce(t('addresses.fallbackWrong')),
  });
  const isWrong = isRefusal(send.refusal, 'invalid');
  return (
    <Paper component="section" aria-labelledby={id} withBorder p="md">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send.submit(shown.trim());
        }}
      >
        <Stack gap="sm">
          <Title order={2} size="h4" id={id}>
            {t('addresses.fallback')}
          </Title>
          <Text size="sm">{t('addresses.fallbackIs')}</Text>
          {error && !data && <CouldNotLoad error={error} onTryAgain={() => void refetch()} />}
          {data && (
            <>
              <TextInput
                type="email"
                label={t('addresses.fallbackAddress')}
                value={shown}
                onChange={({ currentTarget }) => {
                  setTyped(currentTarget.value);
                  send.reset();
                }}
                error={isWrong && t('addresses.fallbackWrong')}
                autoComplete="off"
                spellCheck={false}
                maw="32rem"
              />
              <NotDone send={send} saidElsewhere={isWrong} />
              <Group>
                <Button type="submit" variant="default" aria-disabled={send.sending || undefined}>
                  {label(send, t('addresses.save'))}
                </Button>
              </Group>
            </>
          )}
        </Stack>
      </form>
    </Paper>
  );
}
