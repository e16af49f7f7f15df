import { Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AccountTimeline } from '@tenure/contracts';
import { timelineQuery } from '../api/queries.js';
import { LoadedPart } from '../lists/loaded-part.js';
import { useWords } from '../words/use-words.js';
import { TermTimeline } from './term-timeline-view.js';

/** Each term with its moments, the current one first. */
export function AccountTimelines({ accountId }: { accountId: string }) {
  return (
    <LoadedPart query={useQuery(timelineQuery(accountId))} height={220}>
      {(timeline) => (
        <Stack gap="md">
          {timeline.terms
            .toSorted((a, b) => b.number - a.number)
            .map((term) => (
              <OneTerm key={term.number} term={term} timeline={timeline} />
            ))}
        </Stack>
      )}
    </LoadedPart>
  );
}

function OneTerm({ term, timeline }: { term: AccountTimeline['terms'][number]; timeline: AccountTimeline }) {
  const { t, format } = useWords();
  const title = t('term.title', { number: format.number(term.number) });
  const moments = timeline.moments.filter(
    ({ termNumber, applicationId }) => termNumber === term.number && !applicationId,
  );
  const isCurrent = term.number === Math.max(...timeline.terms.map(({ number }) => number));
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} size="h5">
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('term.days', { first: format.day(term.firstDay), last: format.day(term.expiresOn) })}
        {term.workedUntil && (
          <Text span inherit display="block">
            {t('term.worked', { until: format.moment(term.workedUntil, timeline.timeZone) })}
          </Text>
        )}
      </Text>
      <TermTimeline
        label={title}
        moments={moments}
        now={isCurrent ? timeline.now : undefined}
        timeZone={timeline.timeZone}
      />
    </Paper>
  );
}
