import { Combobox, Modal, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';
import { useSession } from '../api/use-session.js';
import { announce } from '../app/announce.js';
import { failureWords } from '../app/failure-words.js';
import { useWords } from '../words/use-words.js';
import { useFound } from './use-found.js';
import { usePlaces, type Place } from './use-places.js';

/** Finds accounts, applications and actions by a part of their name, and goes there. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const router = useRouter();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const places = usePlaces().filter(({ label, detail }) =>
    [label, detail].some((words) => words?.toLowerCase().includes(text.trim().toLowerCase())),
  );
  const found = useFound(asked);
  const { accounts, applications, organizations } = found;
  const { isCustomerSuccess } = useSession();
  /** Also while what was typed last is not asked for yet. */
  const isSearching = found.searching || asked !== text.trim();
  const combobox = useCombobox({ opened: true, onDropdownClose: onClose });
  const groups = [
    { label: t('palette.places'), items: places },
    { label: t('palette.accounts'), items: accounts },
    { label: t('review.organizations'), items: organizations },
    { label: t('palette.applications'), items: applications },
  ].filter(({ items }) => items.length > 0);
  const all = groups.flatMap(({ items }) => items);
  /** Why there is no more; what did not come is no lack of matches. */
  const noMore = found.error ? failureWords(found.error, t) : all.length === 0 ? t('zones.noMatches') : '';
  const why = isSearching ? '' : noMore;
  useEffect(() => {
    if (why) announce(why);
  }, [why]);
  const hrefs = all.map(({ href }) => href).join(' ');

  /** Mantine's own is another one by the time that the field has said it. */
  const list = useId();
  const { selectFirstOption } = combobox;
  /** The first is chosen without a key, which the field has to say: Mantine says only what arrows choose. */
  const [first, setFirst] = useState<string | null>(null);
  useEffect(() => {
    setFirst(hrefs ? selectFirstOption() : null);
    // The first is chosen when what was found changes, and only then.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [hrefs]);

  const go = (href: string) => {
    onClose();
    void router.navigate({ href });
  };
  return (
    <Modal.Root opened onClose={onClose}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.title')}>
        <Modal.Body>
          <Combobox store={combobox} onOptionSubmit={go}>
            <Combobox.EventsTarget
              withExpandedAttribute
              aria-controls={list}
              {...(first && { 'aria-activedescendant': first })}
            >
              <TextInput
                data-autofocus
                label={t(isCustomerSuccess ? 'palette.everyLabel' : 'palette.label')}
                value={text}
                maxLength={100}
                onChange={({ currentTarget }) => setText(currentTarget.value)}
                onKeyDown={({ key }) => key.startsWith('Arrow') && setFirst(null)}
              />
            </Combobox.EventsTarget>
            <Combobox.Options
              id={list}
              mt="sm"
              aria-label={t('palette.title')}
              aria-busy={isSearching}
              mah="24rem"
              style={{ overflowY: 'auto' }}
            >
              {groups.map(({ label, items }) => (
                <Combobox.Group key={label} label={label}>
                  {items.map((place) => (
                    <Found key={place.href} place={place} />
                  ))}
                </Combobox.Group>
              ))}
              {why && (
                // A list of options holds nothing else.
                <Combobox.Empty role="option" aria-selected={false} aria-disabled>
                  {why}
                </Combobox.Empty>
              )}
            </Combobox.Options>
          </Combobox>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Found({ place: { href, label, detail } }: { place: Place }) {
  return (
    <Combobox.Option value={href}>
      <Text size="sm">{label}</Text>
      {detail && (
        <Text size="xs" c="inherit">
          {detail}
        </Text>
      )}
    </Combobox.Option>
  );
}
