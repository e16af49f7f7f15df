import { Anchor } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Query } from '../api/http.js';
import { writeAddress } from '../app/address.js';
import { useWords } from '../words/use-words.js';

/** Downloads the filtered list as a file: all of it, whichever page is shown. */
export function CsvLink({ path, query }: { path: string; query: Query }) {
  const { t } = useWords();
  return (
    <Anchor size="sm" href={path + writeAddress({ ...query, cursor: undefined })} download>
      <IconDownload size={14} aria-hidden style={{ verticalAlign: '-0.15em' }} /> {t('list.csv')}
    </Anchor>
  );
}
