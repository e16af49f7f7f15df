import { Combobox, Modal, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';
import { useSession } from '../api/use-session.js';
import { announce } from '../app/announce.js';
import { failureWords } from '../app/failure-words.js';
import { useWords } from '../words/use-words.js';
import { useAccountActions } from './use-account-actions.js';
import { useFound } from './use-found.js';
import { usePlaces, type Place } from './use-places.js';

interface PaletteProps {
  text: string;
  onType: (text: string) => void;
  onClose: () => void;
}

/** Finds accounts, applications and actions by a part of their name, and navigates to them. */
export function Palette(props: PaletteProps) {
  const { t } = useWords();
  return (
    <Modal.Root opened onClose={props.onClose}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.title')}>
        <Modal.Body>
          <Finder {...props} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** The field and what it finds. Its effects need the list in the document, where the dialog puts it a moment later. */
function Finder({ text, onType, onClose }: PaletteProps) {
  const { t } = useWords();
  const router = useRouter();
  const [asked] = useDebouncedValue(text.trim(), 200);
  const isMeant = ({ label, detail }: Place) =>
    [label, detail].some((words) => words?.toLowerCase().includes(text.trim().toLowerCase()));
  const { accountName, ...ofAccount } = useAccountActions();
  const actions = ofAccount.actions.filter(isMeant);
  const places = usePlaces().filter(isMeant);
  const found = useFound(asked);
  const { accounts, applications, organizations } = found;
  const { isCustomerSuccess } = useSession();
  /** True also while the latest text has not been searched yet. */
  const isSearching = found.searching || asked !== text.trim();
  const combobox = useCombobox({ opened: true, onDropdownClose: onClose });
  const groups = [
    { label: accountName, items: actions },
    { label: t('palette.places'), items: places },
    { label: t('palette.accounts'), items: accounts },
    { label: t('review.organizations'), items: organizations },
    { label: t('palette.applications'), items: applications },
  ].filter(({ items }) => items.length > 0);
  const all = groups.flatMap(({ items }) => items);
  /** Why there are no more results; a failed search is not a lack of matches. */
  const noMore = found.error ? failureWords(found.error, t) : all.length === 0 ? t('zones.noMatches') : '';
  const why = isSearching ? '' : noMore;
  useEffect(() => {
    if (why) announce(why);
  }, [why]);
  const hrefs = all.map(({ href }) => href).join(' ');

  /** Mantine's own id changes by the time the field refers to it. */
  const list = useId();
  const { selectFirstOption, resetSelectedOption } = combobox;
  /** What was found for an earlier text stays on the screen, but Enter does not open it. */
  const isOutdated = actions.length + places.length === 0 && (found.isOfEarlierText || asked !== text.trim());
  /**
   * The first option is selected without a key, so the field has to point to it: Mantine does so only for options
   * selected with arrows.
   */
  const [first, setFirst] = useState<string | null>(null);
  useEffect(() => {
    if (isOutdated) resetSelectedOption();
    setFirst(hrefs && !isOutdated ? selectFirstOption() : null);
    // Select the first option when the results change, and only then.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [hrefs, isOutdated]);

  const go = (href: string) => {
    onClose();
    void router.navigate({ href });
  };
  return (
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
          onChange={({ currentTarget }) => onType(currentTarget.value)}
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
          // A listbox may contain only options.
          <Combobox.Empty role="option" aria-selected={false} aria-disabled>
            {why}
          </Combobox.Empty>
        )}
      </Combobox.Options>
    </Combobox>
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
