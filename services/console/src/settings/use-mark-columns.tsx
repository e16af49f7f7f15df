import { Text } from '@mantine/core';
import type { MarkedAddressView } from '@tenure/contracts';
import { useMomentWords } from '../account/use-moment-words.js';
import { useSession } from '../api/use-session.js';
import type { Column } from '../lists/list-table.js';
import { useWords } from '../words/use-words.js';

/** The columns of a marked address: why, in the provider's words, and since when, in the reader's zone. */
export function useMarkColumns(): Column<MarkedAddressView>[] {
  const { t, format } = useWords();
  const words = useMomentWords();
  const { timeZone } = useSession().member.organization;
  return [
    { header: t('addresses.address'), free: true, cell: ({ address }) => <Text size="sm">{address}</Text> },
    {
      header: t('addresses.why'),
      free: true,
      cell: ({ why, words: providerWords }) => (
        <>
          <Text size="sm">{words.event(why)}</Text>
          {providerWords && (
            <Text size="xs" c="dimmed">
              {providerWords}
            </Text>
          )}
        </>
      ),
    },
    {
      header: t('column.when'),
      cell: ({ markedAt }) => <Text size="sm">{format.moment(markedAt, timeZone)}</Text>,
    },
  ];
}
