import { Badge } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { DeliveryDetails } from '@tenure/contracts';
import classes from '../applications/status-badge.module.css';
import { useWords } from '../words/use-words.js';

type Status = DeliveryDetails['status'];

/** In these states, the recipient does not have the e-mail, or nobody knows. */
const unreached: readonly Status[] = ['failed', 'unknown', 'bounced', 'complained', 'suppressed'];

/** The state of an e-mail: one that did not arrive stands out. */
export function DeliveryBadge({ status }: { status: Status }) {
  const { t } = useWords();
  const words = t(`delivery.${status}`);
  if (!unreached.includes(status)) return <Badge variant="default">{words}</Badge>;
  return (
    <Badge className={classes.badge} data-status="failed" leftSection={<IconAlertTriangle size={13} aria-hidden />}>
      {words}
    </Badge>
  );
}
