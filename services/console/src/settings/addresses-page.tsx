import { Box, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AnswerOf, listMarkedAddresses, MarkedAddressView } from '@tenure/contracts';
import { clearMarkedAddress } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { markedAddressesQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { NotDone } from '../app/not-done.js';
import { PassingButton } from '../app/passing-button.js';
import { useSendLabel } from '../app/use-send-label.js';
import { ListPart } from '../lists/list-part.js';
import type { Column } from '../lists/list-table.js';
import { useWords } from '../words/use-words.js';
import { FallbackAddressForm } from './fallback-address-form.js';
import { SettingsPage } from './settings-page.js';
import { useMarkColumns } from './use-mark-columns.js';

/** The marked addresses and how to clear them, and the fallback address. */
export function AddressesPage() {
  const { t } = useWords();
  const label = useSendLabel();
  const queries = useQueryClient();
  const list = useQuery(markedAddressesQuery);
  const send = useSend<string, AnswerOf<typeof listMarkedAddresses>>({
    scope: 'clear-address',
    send: clearMarkedAddress,
    onAnswer: (left) => {
      keepAnswer(queries, markedAddressesQuery.queryKey, left);
      announce(t('addresses.cleared'));
    },
  });
  const columns: Column<MarkedAddressView>[] = [
    ...useMarkColumns(),
    {
      header: t('addresses.clear'),
      actions: true,
      cell: ({ address }) => {
        const clear = send.content === address ? label(send, t('addresses.clear')) : t('addresses.clear');
        return (
          <PassingButton
            variant="default"
            size="compact-sm"
            aria-disabled={send.sending || undefined}
            aria-label={`${clear}: ${address}`}
            onClick={() => send.submit(address)}
          >
            {clear}
          </PassingButton>
        );
      },
    },
  ];
  return (
    <SettingsPage title={t('settings.addresses')}>
      <Stack gap="md">
        {list.data && list.data.items.length > 0 && <Text size="sm">{t('addresses.are')}</Text>}
        <NotDone send={send} />
        <ListPart
          list={list}
          label={t('settings.addresses')}
          columns={columns}
          keyOf={({ address }) => address}
          skeletons={2}
          nothing={
            <Text size="sm">
              {t('addresses.none')} {t('addresses.noneNext')}
            </Text>
          }
        />
        {/* The list above it pushes nothing away when it arrives. */}
        <Box hidden={list.isPending}>
          <FallbackAddressForm />
        </Box>
      </Stack>
    </SettingsPage>
  );
}
