import { Group, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useWords } from '../words/use-words.js';
import { useCheckWords } from './use-check-words.js';
import type { CheckOf } from './checks.js';
import classes from './decision.module.css';

/** Today's checks, each passed or not, with its figures. */
export function CheckList({ checks, license }: { checks: readonly CheckOf[]; license: string | undefined }) {
  const { t } = useWords();
  const words = useCheckWords(license);
  return (
    <ul className={classes.checks}>
      {checks.map((check) => (
        <li key={check.what === 'other' ? check.refusal.path + check.refusal.code : check.what}>
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <span className={classes.sign} data-met={check.isMet}>
              {check.isMet ? <IconCheck size={16} aria-hidden /> : <IconX size={16} aria-hidden />}
            </span>
            <Text size="sm">
              <VisuallyHidden>{check.isMet ? t('review.met') : t('review.notMet')} </VisuallyHidden>
              {words(check)}
            </Text>
          </Group>
        </li>
      ))}
    </ul>
  );
}
