import { Text } from '@mantine/core';
import { lastDayBefore } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { countedByStatus, momentSigns, timelineMarks, troubledDeliveries, type TermMoment } from './term-timeline.js';
import classes from './term-timeline-view.module.css';
import { useMomentWords } from './use-moment-words.js';

interface TermTimelineProps {
  /** Names the timeline for screen readers. */
  label: string;
  moments: readonly TermMoment[];
  /** In the account's clock; absent for a term that is over. */
  now?: string | undefined;
  timeZone: string;
}

/** A term's e-mails along a line: today, the reminders, the expiry, each with its state in words. */
export function TermTimeline({ label, moments, now, timeZone }: TermTimelineProps) {
  const { t, format } = useWords();
  const words = useMomentWords();
  return (
    <div className={classes.frame}>
      <ol className={classes.timeline} aria-label={label}>
        {timelineMarks(moments, now).map((mark) =>
          mark.kind === 'today' ? (
            <li key="today" className={classes.mark} data-status="today" aria-current="date">
              <span className={classes.sign} aria-hidden>
                ◆
              </span>
              <Text size="sm" fw={650} className={classes.what}>
                {t('moment.today')}
              </Text>
              <Text size="sm">{format.dayOf(mark.at, timeZone)}</Text>
            </li>
          ) : (
            <li
              key={mark.moment.key}
              className={classes.mark}
              data-status={mark.moment.status}
              data-dropped={mark.moment.dropped || undefined}
            >
              <span className={classes.sign} aria-hidden>
                {momentSigns[mark.moment.status]}
              </span>
              <Text size="sm" fw={650} td={mark.moment.dropped ? 'line-through' : undefined} className={classes.what}>
                {words.kind(mark.moment.kind)}
              </Text>
              <Text size="sm" td={mark.moment.dropped ? 'line-through' : undefined}>
                {mark.moment.kind === 'expired'
                  ? t('moment.endOf', { day: format.day(lastDayBefore(mark.at, timeZone)) })
                  : format.moment(mark.at, timeZone)}
              </Text>
              <Text size="sm" c="dimmed" className={classes.whole}>
                {mark.moment.dropped ? t('momentStatus.dropped') : t(`momentStatus.${mark.moment.status}`)}
                {mark.moment.reason && !mark.moment.dropped && <>: {words.reason(mark.moment.reason)}</>}
              </Text>
              <Trouble moment={mark.moment} />
            </li>
          ),
        )}
      </ol>
    </div>
  );
}

/** Whom the moment has not reached, or may not have reached: by address, or how many, if there are many. */
function Trouble({ moment }: { moment: TermMoment }) {
  const { t, format } = useWords();
  const troubled = troubledDeliveries(moment);
  const counted = countedByStatus(troubled);
  const lines =
    counted.length > 0
      ? counted.map(({ status, count }) => `${t(`delivery.${status}`)}: ${format.number(count)}`)
      : troubled.map(({ email, status, contentsRemovedAt }) => {
          const whom = contentsRemovedAt ? t('email.recipientRemoved') : email;
          return `${whom}: ${t(`delivery.${status}`)}`;
        });
  return lines.map((line) => (
    <Text key={line} size="sm" className={classes.whole}>
      {line}
    </Text>
  ));
}
