import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ResolutionInput } from '../api/calls.js';
import { announce } from '../app/announce.js';
import { NotDone } from '../app/not-done.js';
import { SubmitButton } from '../app/submit-button.js';
import { useTitleWhenGone } from '../app/use-title-when-gone.js';
import { useWords } from '../words/use-words.js';
import { ChooseAll, type Choice } from './choice.js';
import { resolutions } from './settle.js';
import classes from './settle-several.module.css';
import { useReason } from './use-reason.js';
import { useResolving } from './use-resolving.js';

interface Settling {
  resolution: ResolutionInput['resolution'];
  total: number;
}

interface Unclear {
  organizationId: string | undefined;
  /** How many there are. */
  count: number;
}

/** The bar that chooses all unclear e-mails and resolves those that are chosen alike, and the dialog for it. */
export function useSettlingSeveral({ chosen, choose }: Choice, unclear: Unclear) {
  const { t, format } = useWords();
  const [settling, settle] = useState<Settling | null>(null);
  const resolving = useResolving((deliveryIds) => choose(deliveryIds, false));
  const open = (resolution: Settling['resolution']) => {
    resolving.take([...chosen]);
    settle({ resolution, total: chosen.size });
  };
  const { sending } = resolving.send;
  const leave = sending ? resolving.stop : () => settle(null);
  const title = ({ resolution, total }: Settling) =>
    t(`unknown.several.${resolution}Title`, { count: total, shown: format.number(total) });
  const bar = (
    <div className={classes.bar} data-screen-only>
      <ChooseAll {...unclear} />
      {chosen.size > 0 && (
        <Group gap="xs">
          <Text size="sm">{t('unknown.chosen', { shown: format.number(chosen.size) })}</Text>
          {resolutions.map((resolution) => (
            <Button key={resolution} variant="default" size="compact-sm" onClick={() => open(resolution)}>
              {t(`unknown.several.${resolution}`)}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
  const dialog = (
    <Modal
      opened={settling !== null}
      onClose={leave}
      title={settling && title(settling)}
      closeButtonProps={{ 'aria-label': t(sending ? 'unknown.several.stop' : 'action.close') }}
    >
      {settling && <Form {...settling} resolving={resolving} onLeave={leave} />}
    </Modal>
  );
  return { bar, dialog };
}

interface FormProps extends Settling {
  resolving: ReturnType<typeof useResolving>;
  /** Stops, or closes the dialog. */
  onLeave: () => void;
}

/** Asks for the reason, resolves, and says how far it got. */
function Form({ resolution, total, resolving: { tally, isWaiting, send, submit }, onLeave }: FormProps) {
  const { t, format } = useWords();
  const reason = useReason(`${resolution}/several`);
  const close = useRef<HTMLButtonElement>(null);
  const done = tally.resolved + tally.tooLate;
  const isOver = done === total;
  const hasStopped = done > 0 && !send.sending;
  const counts = { resolved: tally.resolved, tooLate: tally.tooLate, left: total - done };
  const result = (['resolved', 'tooLate', 'left'] as const)
    .filter((of) => counts[of] > 0)
    .map((of) => t(`unknown.several.${of}`, { shown: format.number(counts[of]) }))
    .join(' ');
  useTitleWhenGone();
  useEffect(() => {
    if (hasStopped) announce(result);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only the end is announced
  }, [hasStopped]);
  useEffect(() => {
    if (!isOver) return;
    reason.discard();
    close.current?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once
  }, [isOver]);
  return (
    <Stack gap="md">
      {!isOver && (
        <>
          <Text size="sm">{t(`unknown.several.${resolution}Text`)}</Text>
          {reason.field(
            t(resolution === 'arrived' ? 'unknown.arrivedReason' : 'unknown.several.send_againReason'),
            send.sending,
          )}
        </>
      )}
      {send.sending && (
        <div>
          <Text size="sm">
            {t('unknown.several.underWay', { done: format.number(done), total: format.number(total) })}
          </Text>
          <Progress value={(100 * done) / total} size="sm" mt="xs" aria-hidden />
          {isWaiting && (
            <Text size="sm" mt="xs">
              {t('unknown.several.waits')}
            </Text>
          )}
        </div>
      )}
      {hasStopped && <Text size="sm">{result}</Text>}
      <NotDone send={send} />
      <Group justify="flex-end">
        <Button ref={close} variant="default" onClick={onLeave}>
          {t(send.sending ? 'unknown.several.stop' : done > 0 ? 'action.close' : 'action.cancel')}
        </Button>
        {!isOver && (
          <SubmitButton
            send={send}
            type="button"
            onClick={() => reason.submit((given) => submit({ resolution, reason: given }))}
          >
            {t(done > 0 ? 'unknown.several.goOn' : `unknown.several.${resolution}`)}
          </SubmitButton>
        )}
      </Group>
    </Stack>
  );
}
