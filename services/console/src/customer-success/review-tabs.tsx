import { Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { applicationsQuery, unclearDeliveriesQuery } from '../api/queries.js';
import { useWords } from '../words/use-words.js';
import { TabCount } from '../zones/tab-count.js';
import classes from '../zones/zone-tabs.module.css';

/**
 * The lists of Customer Success: the queue, decided applications, organizations, accounts and e-mails, with counts of
 * what there is to do.
 */
export function ReviewTabs() {
  const { t } = useWords();
  const count = { select: (page: { count: number }) => page.count };
  const waiting = useQuery({ ...applicationsQuery({ status: 'pending', limit: 1 }), ...count });
  const unclear = useQuery({ ...unclearDeliveriesQuery({ limit: 1 }), ...count });
  return (
    <Box component="nav" aria-label={t('entry.customerSuccess')} mb="md">
      <ul className={classes.tabs}>
        <li>
          <Link to="/customer-success" className={classes.tab} activeOptions={{ exact: true, includeSearch: false }}>
            {t('review.queue')}
            <TabCount count={waiting.data} />
          </Link>
        </li>
        <li>
          <Link to="/customer-success/decided" className={classes.tab} activeOptions={{ includeSearch: false }}>
            {t('list.decided')}
          </Link>
        </li>
        <li>
          <Link
            to="/customer-success/accounts"
            className={classes.tab}
            activeOptions={{ explicitUndefined: true }}
            search={{ zone: undefined }}
          >
            {t('review.everyActive')}
          </Link>
        </li>
        <li>
          <Link to="/customer-success/accounts" search={{ zone: 'expired' }} className={classes.tab}>
            {t('review.everyExpired')}
          </Link>
        </li>
        <li>
          <Link to="/customer-success/organizations" className={classes.tab} activeOptions={{ includeSearch: false }}>
            {t('review.organizations')}
          </Link>
        </li>
        <li>
          <Link to="/customer-success/emails" className={classes.tab} activeOptions={{ includeSearch: false }}>
            {t('emails.title')}
            <TabCount count={unclear.data || undefined} of="unclear" />
          </Link>
        </li>
      </ul>
    </Box>
  );
}
