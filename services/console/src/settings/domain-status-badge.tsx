import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock, type TablerIcon } from '@tabler/icons-react';
import type { EmailDomainStatus } from '@tenure/contracts';
import classes from '../applications/status-badge.module.css';
import { useWords } from '../words/use-words.js';

const icons: Record<EmailDomainStatus, TablerIcon> = {
  pending: IconClock,
  verified: IconCheck,
  failed: IconAlertTriangle,
};
/** The colors of applications in comparable states. */
const colors = { pending: 'pending', verified: 'fulfilled', failed: 'failed' } as const;

/** The state of a domain, or of one of its records: word, shape and color. */
export function DomainStatusBadge({ status }: { status: EmailDomainStatus }) {
  const { t } = useWords();
  const Icon = icons[status];
  return (
    <Badge className={classes.badge} data-status={colors[status]} leftSection={<Icon size={13} aria-hidden />}>
      {t(`emailDomains.status.${status}`)}
    </Badge>
  );
}
