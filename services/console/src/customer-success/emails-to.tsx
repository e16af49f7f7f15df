import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isRefusal } from '../api/problem.js';
import { deliveriesToQuery } from '../api/queries.js';
import { announce } from '../app/announce.js';
import { EmailPages } from '../emails/email-pages.js';
import { foundEmails } from '../emails/emails.js';
import { countText } from '../lists/count.js';
import { CsvLink } from '../lists/csv-link.js';
import { NothingHere } from '../lists/list-states.js';
import { useTurnedPages } from '../lists/use-turned-pages.js';
import { useWords } from '../words/use-words.js';
import { About } from './about.js';
import { Marks } from './marks.js';
import { useSettling } from './settle.js';

/** The e-mails to an address, newest first, and its marks. */
export function EmailsTo({ email }: { email: string }) {
  const { t, format } = useWords();
  const [cursors, turn] = useTurnedPages('emails');
  const list = useQuery({ ...deliveriesToQuery(email, { cursor: cursors.at(-1) }), select: foundEmails });
  const { buttons, dialog } = useSettling();
  const { count, marks } = list.data ?? {};
  const found = count === undefined ? '' : t('emails.count', { count, shown: countText(count, t, format), email });
  const isWrong = isRefusal(list.error, 'invalid');
  const announcement = isWrong ? t('recipients.wrong') : found;
  useEffect(() => {
    if (announcement) announce(announcement);
  }, [announcement]);
  // The error is shown at the address field.
  if (isWrong) return null;
  return (
    <Stack gap="md">
      {marks && <Marks marks={marks} />}
      {found && count! > 0 && <Text size="sm">{found}</Text>}
      <EmailPages
        label={t('emails.title')}
        list={list}
        csv={<CsvLink path="/api/deliveries.csv" query={{ email }} />}
        cursors={cursors}
        onTurn={turn}
        none={<NothingHere title={t('emails.none', { email })} text={t('emails.noneNext')} />}
        about={(row) => <About {...row} />}
        actions={buttons}
      />
      {dialog}
    </Stack>
  );
}
