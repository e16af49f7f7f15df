import { Badge } from '@mantine/core';
import { countText } from '../lists/count.js';
import { useWords } from '../words/use-words.js';
import classes from './zone-tabs.module.css';

interface TabCountProps {
  count: number | undefined;
  /** Absent: the count of all entries. */
  of?: 'unclear';
}

/** The number of entries in a tab's list. Its room is kept until it is known, so that the tabs after it do not move. */
export function TabCount({ count, of }: TabCountProps) {
  const { t, format } = useWords();
  if (count === undefined)
    return of ? null : <Badge size="sm" className={classes.count} style={{ visibility: 'hidden' }} />;
  const shown = countText(count, t, format);
  return (
    <Badge variant="default" size="sm" className={classes.count}>
      {of ? t(`list.${of}`, { count, shown }) : shown}
    </Badge>
  );
}
