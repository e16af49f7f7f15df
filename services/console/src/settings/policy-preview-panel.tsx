import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ChosenPolicy, PolicyEffect, PolicyTrial } from '@tenure/contracts';
import { useState } from 'react';
import { TermTimeline } from '../account/term-timeline-view.js';
import { previewPolicy } from '../api/calls.js';
import { accountQuery } from '../api/queries.js';
import { LinkTo } from '../app/links.js';
import { Section } from '../app/section.js';
import classes from '../forms/forms.module.css';
import { Waiting } from '../lists/waiting.js';
import { useWords } from '../words/use-words.js';

/** Delay after the last change, in milliseconds. */
const pause = 400;

interface PolicyPreviewPanelProps {
  chosen: ChosenPolicy;
  /** Every reminder can be parsed. */
  isComplete: boolean;
  /** It equals the current policy. */
  isUnchanged: boolean;
}

/** What would change if this were applied now: how many accounts, what each would send or skip, and examples. */
export function PolicyPreviewPanel({ chosen, isComplete, isUnchanged }: PolicyPreviewPanelProps) {
  const { t } = useWords();
  const now = JSON.stringify(chosen);
  const [settled] = useDebouncedValue(now, pause);
  const isAsked = isComplete && !isUnchanged;
  const query = useQuery({
    queryKey: ['policy', 'preview', settled],
    queryFn: ({ signal }) => previewPolicy(JSON.parse(settled) as ChosenPolicy, signal),
    enabled: isAsked && settled === now,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const isOld = settled !== now || query.isPlaceholderData || !query.isSuccess;
  const hasFailed = isAsked && query.isError;
  const isAwaited = isAsked && isOld && !hasFailed;
  return (
    <Section title={t('reminders.preview')} aria-busy={isAwaited}>
      {isUnchanged && <Text size="sm">{t('reminders.problem.unchanged')}</Text>}
      {!isComplete && <Text size="sm">{t('reminders.previewEarly')}</Text>}
      {hasFailed && <Alert color="yellow">{t('reminders.previewNone')}</Alert>}
      {isAwaited && !query.data && <Waiting height={160} />}
      {isAsked && !hasFailed && query.data && (
        <Stack gap="md" className={classes.answer} data-old={isOld || undefined}>
          <Effects preview={query.data} />
          <Examples examples={query.data.examples} />
        </Stack>
      )}
    </Section>
  );
}

function Effects({ preview: { touched, reckoned, effects } }: { preview: PolicyTrial }) {
  const { t, format } = useWords();
  if (touched === 0) return <Text size="sm">{t('reminders.touchedNone')}</Text>;
  return (
    <div>
      <Text size="sm" fw={650}>
        {t('reminders.touched', { count: touched, shown: format.number(touched) })}{' '}
        {reckoned < touched && t('reminders.reckoned', { shown: format.number(reckoned) })}
      </Text>
      <List size="sm" mt={4}>
        {effects.map((effect) => (
          <List.Item key={JSON.stringify(effect)}>
            {t('reminders.accounts', { count: effect.accounts, shown: format.number(effect.accounts) })}
            {': '}
            <EffectWords effect={effect} />
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function EffectWords({ effect }: { effect: PolicyEffect }) {
  const { t, format } = useWords();
  const parts = (['more', 'fewer', 'moved', 'skipped'] as const)
    .filter((what) => effect[what] > 0)
    .map((what) => t(`reminders.${what}`, { count: effect[what] }));
  return <>{parts.length > 0 ? format.list(parts) : t('reminders.nothing')}</>;
}

/** One account at a time, with its reminders now and after the change. */
function Examples({ examples }: Pick<PolicyTrial, 'examples'>) {
  const { t } = useWords();
  const [turn, setTurn] = useState(0);
  const example = examples[turn % Math.max(examples.length, 1)];
  const { data: account } = useQuery({ ...accountQuery(example?.accountId ?? ''), enabled: example !== undefined });
  if (example === undefined || account === undefined) return null;
  const { accountId, timeZone, before, after } = example;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <LinkTo to="/account-management/accounts/$accountId" params={{ accountId }} size="sm" fw={650}>
          {t('reminders.example', { account: account.accountName })}
        </LinkTo>
        {examples.length > 1 && (
          <Button variant="subtle" size="compact-sm" onClick={() => setTurn(turn + 1)}>
            {t('reminders.nextExample')}
          </Button>
        )}
      </Group>
      {(
        [
          ['asItIs', before],
          ['asItWouldBe', after],
        ] as const
      ).map(([what, moments]) => (
        <div key={what}>
          <Text size="sm" mb={4}>
            {t(`reminders.${what}`)}
          </Text>
          <TermTimeline label={t(`reminders.${what}`)} moments={moments} timeZone={timeZone} />
        </div>
      ))}
    </Stack>
  );
}
