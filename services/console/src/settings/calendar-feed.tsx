import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CalendarAddresses } from '@tenure/contracts';
import { useEffect, useRef } from 'react';
import { createCalendarFeed } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { calendarsQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { announce } from '../app/announce.js';
import { failureWords } from '../app/failure-words.js';
import { Section } from '../app/section.js';
import { useWords } from '../words/use-words.js';
import { Revoke } from './revoke.js';

/** The organization's own feed: created, shown once, replaced, revoked. */
export function CalendarFeed({ feed }: Pick<CalendarAddresses, 'feed'>) {
  const { t, format } = useWords();
  const { member } = useSession();
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: createCalendarFeed,
    // The feed's address is kept out of the cache.
    onSuccess: (made) => {
      keepAnswer(queries, calendarsQuery.queryKey, { feed: made.feed, inReminders: made.inReminders });
      announce(t('calendar.made'));
    },
  });
  const address = useRef<HTMLInputElement>(null);
  const makeButton = useRef<HTMLButtonElement>(null);
  const revoked = () => {
    make.reset();
    makeButton.current?.focus();
  };
  // An address that was replaced no longer works.
  const isOwn = feed !== null && feed.createdAt === make.data?.feed?.createdAt;
  const url = isOwn ? make.data?.url : undefined;
  useEffect(() => {
    if (url) address.current?.focus();
  }, [url]);
  return (
    <Section title={t('calendar.feed')} mb="md">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('calendar.feedIs')}</Text>
        {feed && (
          <Text size="sm">
            {t('calendar.since', { moment: format.moment(feed.createdAt, member.organization.timeZone) })}
          </Text>
        )}
        {url && (
          <TextInput
            ref={address}
            label={t('calendar.address')}
            description={t('calendar.addressIs')}
            readOnly
            value={url}
            w="100%"
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
        )}
        <Group gap="sm">
          <Button
            ref={makeButton}
            variant={feed ? 'default' : 'filled'}
            aria-disabled={make.isPending || undefined}
            onClick={() => make.isPending || make.mutate()}
          >
            {feed ? t('calendar.makeAnother') : t('calendar.make')}
          </Button>
          {feed && <Revoke which="feed" words={t('calendar.revokeFeed')} onRevoked={revoked} />}
        </Group>
        {make.isError && (
          <Alert color="red" role="alert">
            {failureWords(make.error, t)}
          </Alert>
        )}
      </Stack>
    </Section>
  );
}
