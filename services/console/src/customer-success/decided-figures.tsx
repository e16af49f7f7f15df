import { Box, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ApplicationSummary } from '@tenure/contracts';
import { summaryQuery, type SummaryQuery } from '../api/queries.js';
import { countedUpTo } from '../lists/count.js';
import { CouldNotLoad } from '../lists/list-states.js';
import { useWords } from '../words/use-words.js';
import classes from './decided-figures.module.css';
import { inLargestUnit } from './waiting.js';

/** The outcomes of the listed applications, and how long they waited; for the lead of Customer Success. */
export function DecidedFigures({ query }: { query: SummaryQuery }) {
  const { t, format } = useWords();
  const { data, error, refetch } = useQuery(summaryQuery(query));
  if (error && !data)
    return <CouldNotLoad title={t('review.noFigures')} error={error} onTryAgain={() => void refetch()} />;
  return (
    <Box component="section" aria-label={t('review.figures')} mih={44}>
      {data?.summary && <Figures summary={data.summary} />}
      {data?.summary === null && (
        <Text size="sm">{t('review.tooManyForFigures', { number: format.number(countedUpTo) })}</Text>
      )}
    </Box>
  );
}

function Figures({ summary }: { summary: ApplicationSummary }) {
  const { t, format } = useWords();
  const { waited, remindAfterWorkingDays, escalateAfterWorkingDays } = summary;
  const wait = (seconds: number) => {
    const { unit, count } = inLargestUnit(Math.floor(seconds / 60));
    return t(`review.${unit}`, { count, shown: format.number(count) });
  };
  const over = (days: number) => t('review.waitedOver', { count: days, shown: format.number(days) });
  const figures: [label: string, value: string][] = [
    ...(['approved', 'rejected', 'withdrawn', 'lapsed'] as const).map((end): [string, string] => [
      t(`review.ended.${end}`),
      format.number(summary[end]),
    ]),
    ...(waited
      ? ([
          [t('review.medianWait'), wait(waited.medianSeconds)],
          [t('review.longestWait'), wait(waited.longestSeconds)],
          [over(remindAfterWorkingDays), format.number(waited.reminded)],
          [over(escalateAfterWorkingDays), format.number(waited.escalated)],
        ] as [string, string][])
      : []),
  ];
  return (
    <dl className={classes.figures}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
