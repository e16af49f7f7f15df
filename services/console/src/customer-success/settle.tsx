import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { DeliveryDetails, DeliverySummary } from '@tenure/contracts';
import { useState } from 'react';
import { resolveDelivery, type ResolutionInput } from '../api/calls.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { focusTitle } from '../app/focus-title.js';
import { NotDone } from '../app/not-done.js';
import { SubmitButton } from '../app/submit-button.js';
import { useWords } from '../words/use-words.js';
import { useReason } from './use-reason.js';

export const resolutions = ['arrived', 'send_again'] as const satisfies ResolutionInput['resolution'][];

interface Settling {
  delivery: Pick<DeliverySummary, 'deliveryId' | 'email' | 'status'>;
  resolution: ResolutionInput['resolution'];
  /** The same button of the next row, or else of the previous one: whoever resolves many goes on there. */
  beside: HTMLElement | undefined;
}

interface Ending {
  onSettled?: ((deliveryId: string) => void) | undefined;
  onClose: () => void;
}

/**
 * The possible resolutions of an unclear e-mail, and the dialog for them.
 * @param onSettled called once it is no longer unclear
 */
export function useSettling(onSettled?: (deliveryId: string) => void) {
  const { t } = useWords();
  const [settling, settle] = useState<Settling | null>(null);
  const buttons = (delivery: Settling['delivery']) =>
    delivery.status === 'unknown' &&
    resolutions.map((resolution) => (
      <Button
        key={resolution}
        variant="default"
        size="compact-sm"
        aria-label={`${t(`unknown.${resolution}`)}: ${delivery.email}`}
        onClick={({ currentTarget }) => settle({ delivery, resolution, beside: besideOf(currentTarget) })}
      >
        {t(`unknown.${resolution}`)}
      </Button>
    ));
  return { buttons, dialog: <Settle settling={settling} onSettled={onSettled} onClose={() => settle(null)} /> };
}

function besideOf(button: HTMLElement): HTMLElement | undefined {
  const row = button.closest('tr');
  const other = row?.nextElementSibling ?? row?.previousElementSibling;
  return [...(other?.querySelectorAll('button') ?? [])].find(({ textContent }) => textContent === button.textContent);
}

/** Asks for the reason, and resolves. If somebody else was first, the user sees the outcome. */
function Settle({ settling, ...on }: Ending & { settling: Settling | null }) {
  const { t } = useWords();
  return (
    <Modal
      opened={settling !== null}
      onClose={on.onClose}
      title={settling && t(`unknown.${settling.resolution}Title`)}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {settling && <Form key={settling.delivery.deliveryId} {...settling} {...on} />}
    </Modal>
  );
}

function Form({ delivery: { deliveryId, email }, resolution, beside, onSettled, onClose }: Settling & Ending) {
  const { t } = useWords();
  const queries = useQueryClient();
  const reason = useReason(`${resolution}/${deliveryId}`);
  const goOn = () => (beside?.isConnected ? beside.focus({ preventScroll: true }) : focusTitle());
  const over = (sentence: string) => {
    reason.discard();
    void queries.invalidateQueries({ queryKey: ['deliveries'] }).then(goOn);
    announce(sentence);
    onSettled?.(deliveryId);
    onClose();
  };
  const send = useSend<ResolutionInput, DeliveryDetails>({
    scope: `resolution/${deliveryId}`,
    send: (content, options) => resolveDelivery(deliveryId, content, options),
    onAnswer: () => over(t('unknown.settled')),
    onRefusal: ({ problem }) => {
      if (problem.code !== 'delivery_settled') return;
      const { status } = problem.current as Pick<DeliverySummary, 'status'>;
      over(t('unknown.tooLate', { state: t(`delivery.${status}`) }));
    },
  });
  return (
    <Stack gap="md">
      <Text size="sm">{t(`unknown.${resolution}Text`, { email })}</Text>
      {reason.field(t(`unknown.${resolution}Reason`))}
      <NotDone send={send} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <SubmitButton
          send={send}
          type="button"
          onClick={() => reason.submit((given) => send.submit({ resolution, reason: given }))}
        >
          {t(`unknown.${resolution}`)}
        </SubmitButton>
      </Group>
    </Stack>
  );
}
