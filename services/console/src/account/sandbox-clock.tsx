import { Alert, Box, Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { IconClockPlay } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccountView, ClockStep, MovedClock } from '@tenure/contracts';
import { memo, useState, type FormEvent } from 'react';
import { moveClock } from '../api/calls.js';
import type { Refusal } from '../api/problem.js';
import { timelineQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { failureWords } from '../app/failure-words.js';
import type { Typed } from '../forms/check.js';
import { FigureInput } from '../forms/figure-input.js';
import { useWords, type T } from '../words/use-words.js';
import { useMomentWords } from './use-moment-words.js';

const dayInSeconds = 86_400;
const most = { days: 1_830, months: 60 } as const;

/** Sandbox: shows this account's own time and moves it forward, never back. Other accounts' clocks do not change. */
export const SandboxClock = memo(function SandboxClock({ account }: { account: AccountView }) {
  const { t, format } = useWords();
  const queries = useQueryClient();
  const { data: timeline } = useQuery(timelineQuery(account.accountId));
  const [amount, setAmount] = useState<Typed>(1);
  const [unit, setUnit] = useState<'days' | 'months'>('months');
  const whole = Number.isInteger(amount) && Number(amount) >= 1 && Number(amount) <= most[unit];
  const [tried, setTried] = useState(false);
  const clock = useSend<ClockStep, MovedClock>({
    scope: `clock/${account.accountId}`,
    send: (move, options) => moveClock(account.accountId, move, { ...options, timeoutMs: 90_000 }),
    onAnswer: ({ to }) => {
      void queries.invalidateQueries();
      announce(t('clock.isNow', { moment: format.moment(to, account.timeZone) }));
    },
  });
  const move = (by: ClockStep) => clock.submit(by);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (whole) move(unit === 'days' ? { days: Number(amount) } : { months: Number(amount) });
  };
  const ahead = Math.round(account.clockAheadSeconds / dayInSeconds);
  const problem = clock.refusal;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="clock" data-screen-only>
      <Title order={2} size="h5" id="clock">
        {t('clock.title')}
      </Title>
      <Text size="sm" mb="sm" mih="1lh">
        {timeline && format.moment(timeline.now, account.timeZone)}
        {timeline && ahead > 0 && `, ${t('clock.ahead', { count: ahead, shown: format.number(ahead) })}`}
      </Text>
      <Stack gap="sm">
        <form noValidate onSubmit={onSubmit}>
          <Group align="flex-end" gap="xs">
            <FigureInput
              label={t('clock.by')}
              value={amount}
              onChange={setAmount}
              w="7rem"
              error={tried && !whole ? t('clock.wholeUpTo', { max: format.number(most[unit]) }) : null}
            />
            <NativeSelect
              label={t('clock.unit')}
              value={unit}
              onChange={({ currentTarget }) => setUnit(currentTarget.value as 'days' | 'months')}
              data={[
                { value: 'days', label: t('clock.days') },
                { value: 'months', label: t('clock.months') },
              ]}
            />
            <Button type="submit" variant="default" aria-disabled={clock.sending}>
              {clock.sending ? t('clock.moving') : t('clock.moveOn')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconClockPlay size={18} aria-hidden />}
              aria-disabled={clock.sending}
              onClick={() => move({ toNextMoment: true })}
            >
              {t('clock.toNextMoment')}
            </Button>
          </Group>
        </form>
        {clock.answer && <Happened moved={clock.answer} timeZone={account.timeZone} />}
        {(clock.uncertain || problem) && (
          <Alert color="red" role="alert">
            {failure(problem, t)}
          </Alert>
        )}
      </Stack>
    </Paper>
  );
});

function failure(refusal: Refusal | null, t: T): string {
  if (refusal === null) return t('send.uncertain');
  const { code, errors } = refusal.problem;
  if (code === 'time_skipping_unavailable') return t('clock.unavailable');
  if (errors?.[0]?.code === 'nothing_planned') return t('clock.nothingPlanned');
  return code === 'clock_busy' ? t('clock.busy') : failureWords(refusal, t);
}

/** What was due while the clock moved. */
function Happened({ moved, timeZone }: { moved: MovedClock; timeZone: string }) {
  const { t, format } = useWords();
  const words = useMomentWords();
  if (moved.happened.length === 0) return <Text size="sm">{t('clock.nothingHappened')}</Text>;
  return (
    <div>
      <Text size="sm">{t('clock.happened')}</Text>
      <Box component="ul" mt={4} mb={0}>
        {moved.happened.map(({ key, kind, at, status }) => (
          <li key={key}>
            <Text size="sm">
              {format.moment(at, timeZone)}: {words.kind(kind)}, {t(`momentStatus.${status}`)}
            </Text>
          </li>
        ))}
      </Box>
    </div>
  );
}
