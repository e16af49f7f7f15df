import { Anchor, Box, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconChecklist, IconLayoutList } from '@tabler/icons-react';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useSession } from '../api/use-session.js';
import { useLater } from '../lists/use-later.js';
import { useWords } from '../words/use-words.js';
import { OpenPalette } from '../palette/open-palette.js';
import { statusRegion } from './announce.js';
import { ButtonTo, LinkTo } from './links.js';
import { LiveNotice } from './live-notice.js';
import { OwnMenu } from './own-menu.js';
import classes from './shell.module.css';

/** The frame of every page: the way home, the two sections for those who may enter them, and the member's own menu. */
export function Shell() {
  const { t } = useWords();
  const { isSuperAdmin, isCustomerSuccess } = useSession();
  // The code of the next page takes a while: until then, the earlier page stays.
  const isLeft = useLater(useRouterState({ select: ({ status }) => status === 'pending' }));
  return (
    <>
      <Anchor href="#content" className={classes.skip}>
        {t('skip')}
      </Anchor>
      <Box component="header" className={classes.header}>
        <LinkTo to="/" className={classes.home} underline="never" c="inherit">
          <img src="/icon.svg" alt="" width={28} height={28} />
          <Text span fw={700} fz="lg" className={classes.wide}>
            {t('product')}
          </Text>
          <VisuallyHidden>{t('shell.main')}</VisuallyHidden>
        </LinkTo>
        <LiveNotice />
        <Group component="nav" aria-label={t('shell.sections')} gap="xs" wrap="nowrap" className={classes.sections}>
          {isCustomerSuccess && (
            <ButtonTo to="/customer-success" variant="default" leftSection={<IconChecklist size={18} aria-hidden />}>
              {t('entry.customerSuccess')}
            </ButtonTo>
          )}
          {isSuperAdmin && (
            <ButtonTo to="/account-management" variant="default" leftSection={<IconLayoutList size={18} aria-hidden />}>
              {t('entry.accountManagement')}
            </ButtonTo>
          )}
        </Group>
        <OpenPalette />
        <OwnMenu />
      </Box>
      <Box component="main" id="content" tabIndex={-1} className={classes.main} aria-busy={isLeft || undefined}>
        <Outlet />
      </Box>
      <div className={classes.status} {...statusRegion} />
    </>
  );
}
