import { Checkbox, Group, Paper, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { NoticeWishes } from '@tenure/contracts';
import { setNoticeWishes } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { isRefusal } from '../api/problem.js';
import { noticeWishesQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { NotDone } from '../app/not-done.js';
import { SubmitButton } from '../app/submit-button.js';
import { DraftNotice } from '../forms/draft-notice.js';
import { useDraft } from '../forms/use-draft.js';
import { useWords } from '../words/use-words.js';

const groups = ['decisions', 'reminders'] as const;
/** What the user does not touch keeps its stored value, also when another tab changes it. */
const untouched: Record<(typeof groups)[number], boolean | null> = { decisions: null, reminders: null };

/** A checkbox for each group of notices. The last recipient of a group cannot turn it off. */
export function NoticesForm({ wishes }: { wishes: NoticeWishes }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { values, restored, change, discard } = useDraft('notice-wishes', untouched);
  const chosen = {
    decisions: values.decisions ?? wishes.decisions,
    reminders: values.reminders ?? wishes.reminders,
  };
  const send = useSend<NoticeWishes, NoticeWishes>({
    scope: 'notice-wishes',
    send: setNoticeWishes,
    onAnswer: (kept, sent) => {
      keepAnswer(queries, noticeWishesQuery.queryKey, kept);
      // What was chosen since stays.
      if (groups.every((group) => chosen[group] === sent[group])) discard();
      // Account pages list their recipients.
      void queries.invalidateQueries({ queryKey: ['account'] });
      announce(t('notices.saved'));
    },
  });
  const isLast = isRefusal(send.refusal, 'last_recipient');
  const wrong = isLast ? (send.refusal?.problem.errors ?? []).map(({ path }) => path) : [];
  return (
    <Paper
      component="form"
      withBorder
      p="md"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send.submit(chosen);
      }}
    >
      <Stack gap="md" maw="40rem">
        <DraftNotice
          restored={restored}
          onDiscard={() => {
            discard();
            send.reset();
          }}
        />
        <Text size="sm">
          {t('notices.are')} {t('notices.language')} {t('recipients.otherSuperAdmins')}
        </Text>
        {groups.map((group) => (
          <Checkbox
            key={group}
            label={t(`notices.${group}`)}
            description={t(`notices.${group}Are`)}
            checked={chosen[group]}
            onChange={({ currentTarget }) => {
              change({ ...values, [group]: currentTarget.checked });
              send.reset();
            }}
            error={wrong.includes(group) && t('notices.last')}
          />
        ))}
        <NotDone send={send} saidElsewhere={isLast} />
        <Group>
          <SubmitButton send={send}>{t('notices.save')}</SubmitButton>
        </Group>
      </Stack>
    </Paper>
  );
}
