import { Box } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWords } from '../words/use-words.js';
import classes from '../zones/zone-tabs.module.css';

/** The lists of Customer Success: what waits, what was decided, and every organization's accounts and e-mails. */
export function ReviewTabs() {
  const { t } = useWords();
  return (
    <Box component="nav" aria-label={t('entry.customerSuccess')} mb="md">
      <ul className={classes.tabs}>
        <li>
          <Link to="/customer-success" className={classes.tab} activeOptions={{ exact: true, includeSearch: false }}>
            {t('review.queue')}
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
          <Link to="/customer-success/emails" className={classes.tab}>
            {t('emails.title')}
          </Link>
        </li>
      </ul>
    </Box>
  );
}
