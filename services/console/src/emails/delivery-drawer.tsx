import '@mantine/core/styles/Drawer.layer.css';
import '@mantine/core/styles/Timeline.layer.css';
import { Box, Drawer, Stack, Text, Timeline, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DeliveryDetails } from '@tenure/contracts';
import { deliveryQuery } from '../api/queries.js';
import { LoadedPart } from '../lists/loaded-part.js';
import { useWords } from '../words/use-words.js';
import { useMomentWords } from '../account/use-moment-words.js';
import { DeliveryBadge } from './delivery-badge.js';
import { Recipient } from './recipient.js';

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
  const query = useQuery({
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
      <LoadedPart query={query} height={220}>
        {(delivery) => (
          <Stack gap="lg">
            <Standing delivery={delivery} />
            <History delivery={delivery} timeZone={timeZone} />
            {delivery.contentsRemovedAt ? (
              <Removed delivery={delivery} removedAt={delivery.contentsRemovedAt} timeZone={timeZone} />
            ) : (
              <Content delivery={delivery} />
            )}
          </Stack>
        )}
      </LoadedPart>
    </Drawer>
  );
}

function Standing({ delivery }: { delivery: DeliveryDetails }) {
  const words = useMomentWords();
  const { kind, offset, name, email, status, reason, contentsRemovedAt } = delivery;
  const to = name === null ? email : `${name} · ${email}`;
  return (
    <Stack gap={4} align="flex-start">
      <Text fw={600}>{words.kind(offset ?? kind)}</Text>
      {contentsRemovedAt ? <Recipient {...delivery} /> : <Text size="sm">{to}</Text>}
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
          <div lang={languageOf(rendered)}>
            <Text fw={600} mb="xs">
              {rendered.subject}
            </Text>
            <Text component="pre" size="sm" ff="inherit" style={{ whiteSpace: 'pre-wrap' }}>
              {rendered.text}
            </Text>
          </div>
        </Stack>
      )}
    </Box>
  );
}

/** The recipient's, by which screen readers choose a voice. */
function languageOf({ html }: NonNullable<DeliveryDetails['rendered']>): string | undefined {
  return /<html[^>]* lang="([^"]+)"/.exec(html)?.[1];
}

interface RemovedProps {
  delivery: DeliveryDetails;
  removedAt: string;
  timeZone: string;
}

/** What remains of an old e-mail. Whoever has a copy can compare it. */
function Removed({ delivery: { digests }, removedAt, timeZone }: RemovedProps) {
  const { t, format } = useWords();
  return (
    <Box component="section" aria-label={t('email.content')}>
      <Title order={3} size="h5" mb="xs">
        {t('email.content')}
      </Title>
      <Stack gap="xs">
        <Text size="sm">{t('email.contentsRemoved', { when: format.moment(removedAt, timeZone) })}</Text>
        {digests && (
          <>
            <Text size="sm">{t('email.digests')}</Text>
            {(['text', 'html'] as const).map((form) => (
              <Text key={form} size="xs">
                {t(`email.digestOf.${form}`)} <code>{digests[form]}</code>
              </Text>
            ))}
          </>
        )}
      </Stack>
    </Box>
  );
}
