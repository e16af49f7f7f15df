import { Button, Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { isRefusal } from '../api/problem.js';
import { deliveriesToQuery } from '../api/queries.js';
import { useKeys } from '../app/use-keys.js';
import { useWords } from '../words/use-words.js';

/**
 * Searches the e-mails to an address; `/` focuses it. Without an address, the page shows the e-mails that need
 * attention.
 */
export function AddressSearch({ email = '' }: { email: string | undefined }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState({ over: email, text: email });
  // "Back" or the tab has led to another address.
  const text = typed.over === email ? typed.text : email;
  const { error } = useQuery({ ...deliveriesToQuery(email, {}), enabled: email !== '' });
  const isWrong = isRefusal(error, 'invalid');
  useKeys({ '/': () => input.current?.focus() });
  const search = () => {
    const address = text.trim();
    void navigate({ to: '/customer-success/emails', state: address === '' ? {} : { email: address } });
  };
  return (
    <form
      role="search"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <Group align="flex-start" gap="sm">
        <TextInput
          ref={input}
          type="email"
          label={t('recipients.address')}
          value={text}
          onChange={({ currentTarget }) => setTyped({ over: email, text: currentTarget.value })}
          error={isWrong && text === email && t('recipients.wrong')}
          autoComplete="off"
          spellCheck={false}
          w="24rem"
          maw="100%"
        />
        <Button type="submit" variant="default" mt={{ base: 0, xs: 25 }}>
          {t('emails.find')}
        </Button>
      </Group>
    </form>
  );
}
