import { Box, Group, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words/use-words.js';
import classes from './page.module.css';

interface PageProps {
  title: string;
  /** Beside the title: the page's one main action. */
  action?: ReactNode;
  /** Above the title: the way back to the list it is of. */
  back?: ReactNode;
  /** Under the title. */
  lead?: ReactNode;
  children: ReactNode;
}

/** A page: it sets the window's title, and its `h1` takes the focus, so that whoever does not see it hears where they are. */
export function Page({ title, action, back, lead, children }: PageProps) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Box className={classes.page}>
      {back && <Box mb={4}>{back}</Box>}
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
      {children}
    </Box>
  );
}
