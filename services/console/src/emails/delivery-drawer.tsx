import '@mantine/core/styles/Drawer.layer.css';
import '@mantine/core/styles/Timeline.layer.css';
import { Box, Drawer, Stack, Text, Timeline, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DeliveryDetails } from '@tenure/contracts';
import { deliveryQuery } from '../api/queries.js';
import { CouldNotLoad } from '../lists/list-states.js';
import { Waiting } from '../lists/waiting.js';
import { useWords } from '../words/use-words.js';
import { useMomentWords } from '../account/use-moment-words.js';
import { DeliveryBadge } from './delivery-badge.js';

const lookAgainMs = 10_000;

interface DeliveryDrawerProps {
  timeZone: string;
  /** Null: closed. */
  deliveryId: string | null;
  onClose: () => void;
}

/** Everything on record about one e-mail: its history, and exactly what was sent. */
export function DeliveryDrawer({ timeZone, deliveryId, onClose }: DeliveryDrawerProps) {
  const { t } = useWords();
  const { data, error, isLoading, refetch } = useQuery({
    ...deliveryQuery(deliveryId ?? ''),
    enabled: deliveryId !== null,
    // A report that changes only the history produces no event.
    refetchInterval: lookAgainMs,
  });
  return (
    <Drawer
      opened={deliveryId !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={t('email.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {error && <CouldNotLoad error={error} onTryAgain={() => void refetch()} />}
      {isLoading && <Waiting height={220} />}
      {data && (
        <Stack gap="lg">
          <Standing delivery={data} />
          <History delivery={data} timeZone={timeZone} />
          <Content delivery={data} />
        </Stack>
      )}
    </Drawer>
  );
}

function Standing({ delivery: { kind, offset, name, email, status, reason } }: { delivery: DeliveryDetails }) {
  const words = useMomentWords();
  return (
    <Stack gap={4} align="flex-start">
      <Text fw={600}>{words.kind(offset ?? kind)}</Text>
      <Text size="sm">{name === null ? email : `${name} · ${email}`}</Text>
      <DeliveryBadge status={status} />
      {reason && <Text size="sm">{words.reason(reason)}</Text>}
    </Stack>
  );
}

function History({ delivery: { history, sentAt }, timeZone }: { delivery: DeliveryDetails; timeZone: string }) {
  const { t, format } = useWords();
  const words = useMomentWords();
  return (
    <Box component="section" aria-label={t('email.history')}>
      <Title order={3} size="h5" mb="xs">
        {t('email.history')}
      </Title>
      {sentAt && <Text size="sm">{t('email.sentAt', { when: format.moment(sentAt, timeZone) })}</Text>}
      {history.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('email.nothingReported')}
        </Text>
      ) : (
        <Timeline mt="xs" bulletSize={12} lineWidth={2} active={history.length} role="list">
          {history.map((event) => (
            <Timeline.Item key={`${event.recordedAt}/${event.kind}`} title={words.event(event.kind)} role="listitem">
              <Text size="xs" c="dimmed">
                {format.moment(event.at, timeZone)}
              </Text>
              {event.words && <Text size="sm">{event.words}</Text>}
            </Timeline.Item>
          ))}
        </Timeline>
      )}
    </Box>
  );
}

/** As text: it says the same as the HTML, and nothing in it can run here. */
function Content({ delivery: { rendered } }: { delivery: DeliveryDetails }) {
  const { t } = useWords();
  return (
    <Box component="section" aria-label={t('email.content')}>
      <Title order={3} size="h5" mb="xs">
        {t('email.content')}
      </Title>
      {rendered === null ? (
        <Text size="sm" c="dimmed">
          {t('email.nothingSent')}
        </Text>
      ) : (
        <Stack gap="xs">
          <Text size="sm">{t('email.from', { address: rendered.from })}</Text>
          <Text size="sm">{t('email.to', { address: rendered.to.join(', ') })}</Text>
          <Text fw={600}>{rendered.subject}</Text>
          <Text component="pre" size="sm" ff="inherit" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {rendered.text}
          </Text>
        </Stack>
      )}
    </Box>
  );
}
