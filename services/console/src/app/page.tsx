import { Box, Group, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words/use-words.js';
import { announce } from './announce.js';
import classes from './page.module.css';
import { useScrollBack } from './use-scroll-back.js';

interface PageProps {
  title: string;
  /** Next to the title: the page's one main action. */
  action?: ReactNode;
  /** Above the title: the way back to the list. */
  back?: ReactNode;
  /** Below the title. */
  lead?: ReactNode;
  /** Tabs to sibling pages. */
  tabs?: ReactNode;
  children: ReactNode;
}

/**
 * A page. It sets the window's title and focuses its `h1`, so that screen readers announce where the user is. Its head
 * is rendered in response to the click that led here; its content follows right after the first paint.
 */
export function Page({ title, action, back, lead, tabs, children }: PageProps) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  useEffect(() => {
    // Only the palette's field outlives the page that was left. It keeps the focus, and what is typed.
    if (!document.activeElement?.matches('input')) heading.current?.focus({ preventScroll: true });
  }, []);
  const opened = useRef(title);
  useEffect(() => {
    // Screen readers do not read out that the heading they are at has changed, such as when a name has loaded.
    if (title !== opened.current && document.activeElement === heading.current) announce(title);
    opened.current = title;
  }, [title]);
  const isShown = useDeferredValue(true, false);
  useScrollBack(isShown);
  return (
    <Box className={classes.page}>
      {back && (
        <Group gap={4} mb={4} wrap="nowrap" data-screen-only>
          <IconArrowLeft size={16} aria-hidden />
          {back}
        </Group>
      )}
      <Group justify="space-between" align="flex-start" gap="sm" mb="md">
        <div>
          <Title order={1} size="h2" ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </Title>
          {lead && (
            <Box c="dimmed" className={classes.lead}>
              {lead}
            </Box>
          )}
        </div>
        {action}
      </Group>
      {tabs}
      {isShown && children}
    </Box>
  );
}
