import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { timelineQuery } from '../api/queries.js';
import { EmailPages } from '../emails/email-pages.js';
import { emailsOf } from '../emails/emails.js';
import { CsvLink } from '../lists/csv-link.js';
import { NothingHere } from '../lists/list-states.js';
import { pageOfLoaded } from '../lists/page-of-loaded.js';
import { useWords } from '../words/use-words.js';

/** Each e-mail about the account: its recipient, when it was sent, and whether it arrived; newest first. */
export function AccountEmails({ accountId, timeZone }: { accountId: string; timeZone: string }) {
  const { t } = useWords();
  const [cursors, turn] = useState<readonly string[]>([]);
  const list = useQuery({
    ...timelineQuery(accountId),
    select: ({ moments }) => pageOfLoaded(emailsOf(moments), ({ deliveryId }) => deliveryId, cursors.at(-1)),
  });
  return (
    <EmailPages
      label={t('accountPart.emails')}
      list={list}
      timeZone={timeZone}
      csv={<CsvLink path={`/api/accounts/${accountId}/emails.csv`} query={{}} />}
      cursors={cursors}
      onTurn={turn}
      none={<NothingHere title={t('accountPart.noEmails')} />}
    />
  );
}
