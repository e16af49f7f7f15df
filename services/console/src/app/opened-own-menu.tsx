import { Menu, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Language } from '@tenure/contracts';
import { saveLanguage, signOut } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { sessionQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import { announceFailure } from './announce.js';
import { failureWords } from './failure-words.js';
import { KeysItem } from './keys-item.js';
import { OwnButton } from './own-button.js';
import { SignOutEverywhere } from './sign-out-everywhere.js';
import { useLeave } from './use-leave.js';
import { useTakenPlace } from './use-when-asked.js';

const schemes = ['light', 'dark', 'auto'] as const;
const offered = ['en', 'es'] as const satisfies readonly Language[];

export function OpenedOwnMenu() {
  const { t, language } = useWords();
  const { member } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const button = useTakenPlace();
  const choose = useChosenLanguage();
  const leave = useLeave(signOut, (error) => announceFailure(failureWords(error, t)));
  const [asks, { open, close }] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} width={260}>
        <Menu.Target>
          <OwnButton ref={button} />
        </Menu.Target>
        <Menu.Dropdown>
          <Text size="sm" px="sm" py={4} c="dimmed">
            {member.organization.name} · {member.email}
          </Text>
          <Menu.Divider />
          <Menu.Label>{t('shell.language')}</Menu.Label>
          <Menu.RadioGroup value={language} onChange={(each) => choose.mutate(each as Language)}>
            {offered.map((each) => (
              <Menu.RadioItem key={each} value={each} lang={each}>
                {t(`shell.languageName.${each}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Label>{t('shell.scheme')}</Menu.Label>
          <Menu.RadioGroup value={colorScheme} onChange={(each) => setColorScheme(each as MantineColorScheme)}>
            {schemes.map((each) => (
              <Menu.RadioItem key={each} value={each}>
                {t(`shell.schemeName.${each}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <KeysItem />
          <Menu.Item onClick={() => leave.mutate()}>{t('shell.signOut')}</Menu.Item>
          <Menu.Item onClick={open}>{t('shell.signOutEverywhere')}…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SignOutEverywhere opened={asks} onClose={close} onClosed={() => button.current?.focus()} />
    </>
  );
}

/** Stores the language as the member's, so that e-mails use it as well. The page follows its session to it. */
function useChosenLanguage() {
  const { t } = useWords();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: saveLanguage,
    onSuccess: ({ language }) =>
      keepAnswer(queries, sessionQuery.queryKey, (session) =>
        session ? { ...session, member: { ...session.member, language } } : session,
      ),
    onError: (error) => announceFailure(failureWords(error, t)),
  });
}
