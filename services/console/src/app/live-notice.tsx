import { Alert } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLiveState } from '../api/live.js';
import { useWords } from '../words/use-words.js';
import { announce } from './announce.js';
import classes from './shell.module.css';

/** Says when live updates are paused, and when they are back. */
export function LiveNotice() {
  const { t } = useWords();
  const state = useLiveState();
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'paused' && state === 'live') announce(t('live.resumed'));
    before.current = state;
  }, [state, t]);
  return state === 'paused' ? (
    <Alert color="yellow" px="xs" py={0} className={classes.live}>
      {t('live.paused')}
    </Alert>
  ) : null;
}
