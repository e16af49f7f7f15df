import { Badge } from '@mantine/core';
import {
  IconBan,
  IconCheck,
  IconClock,
  IconClockOff,
  IconLoader,
  IconArrowBackUp,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ApplicationStatus } from '@tenure/contracts';
import { useWords } from '../words/use-words.js';
import classes from './status-badge.module.css';

const icons: Record<ApplicationStatus, TablerIcon> = {
  pending: IconClock,
  approved: IconLoader,
  fulfilled: IconCheck,
  failed: IconBan,
  rejected: IconX,
  withdrawn: IconArrowBackUp,
  lapsed: IconClockOff,
};

/** An application's state: word, shape and color. */
export function StatusBadge({ status }: { status: ApplicationStatus }) {
  const { t } = useWords();
  const Icon = icons[status];
  return (
    <Badge className={classes.badge} data-status={status} leftSection={<Icon size={13} aria-hidden />}>
      {t(`applicationStatus.${status}`)}
    </Badge>
  );
}
