import { Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { SendOptions } from '../api/http.js';
import { isRefusal } from '../api/problem.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { NotDone } from '../app/not-done.js';
import { SubmitButton } from '../app/submit-button.js';
import { DraftNotice } from '../forms/draft-notice.js';
import { useKeptText } from '../forms/use-kept-text.js';
import { Waiting } from '../lists/waiting.js';

interface OneFieldFormProps<A> {
  scope: string;
  type: 'email' | 'url';
  words: { title: string; is: string; label: string; example?: string; save: string; saved: string; wrong: string };
  /** The saved value; undefined while loading, when nothing can be typed. */
  stored: string | null | undefined;
  /** What is wrong with the saved value; shown until the user types. */
  complaint?: string | undefined;
  /** An empty field is sent as null. */
  send: (content: string | null, options: SendOptions) => Promise<A>;
  onSaved: (answer: A) => void;
  /** Shown instead of the field while nothing can be typed. */
  children?: ReactNode;
}

/** A field with its label, and the button below. */
const fieldHeight = 109;

/** A setting of the organization with one field, saved on its own; typed text is kept until then. */
export function OneFieldForm<A>({
  scope,
  type,
  words,
  stored,
  complaint,
  send: save,
  onSaved,
  children,
}: OneFieldFormProps<A>) {
  const field = useKeptText(scope, stored ?? '');
  const id = useId();
  const send = useSend<string, A>({
    scope,
    send: (content, options) => save(content || null, options),
    onAnswer: (answer, sent) => {
      onSaved(answer);
      field.saved(sent);
      announce(words.saved);
    },
    onRefusal: (refusal) => isRefusal(refusal, 'invalid') && announce(words.wrong),
  });
  const isWrong = isRefusal(send.refusal, 'invalid');
  return (
    <Paper component="section" aria-labelledby={id} withBorder p="md">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send.submit(field.text.trim());
        }}
      >
        <Stack gap="sm">
          <Title order={2} size="h4" id={id}>
            {words.title}
          </Title>
          <Text size="sm">{words.is}</Text>
          {stored === undefined ? (
            children || <Waiting height={fieldHeight} />
          ) : (
            <>
              <DraftNotice
                of={words.title}
                restored={field.restored}
                onDiscard={() => {
                  field.discard();
                  send.reset();
                }}
              />
              <TextInput
                type={type}
                label={words.label}
                description={words.example}
                value={field.text}
                onChange={({ currentTarget }) => {
                  field.type(currentTarget.value);
                  send.reset();
                }}
                error={isWrong ? words.wrong : !field.isTyped && complaint}
                autoComplete="off"
                spellCheck={false}
                maw="32rem"
              />
              <NotDone send={send} saidElsewhere={isWrong} />
              <Group>
                <SubmitButton send={send} variant="default">
                  {words.save}
                </SubmitButton>
              </Group>
            </>
          )}
        </Stack>
      </form>
    </Paper>
  );
}
