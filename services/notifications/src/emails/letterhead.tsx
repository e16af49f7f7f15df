import type { ReactElement } from 'react';
import { Img, Section, Text } from 'react-email';
import * as styles from './styles.js';

/** Who an e-mail is from, where that is an organization that sends from its own domain. */
export interface Letterhead {
  name: string;
  /** An https address; null: the name stands alone. */
  logoUrl: string | null;
}

/** What the platform is called to those who get its e-mails. */
const PLATFORM: Letterhead = { name: 'Tenure', logoUrl: null };

/** At the top: the name beside the logo, so that a picture that is not loaded leaves nothing out. */
export function LetterHead({ of }: { of: Letterhead | null }): ReactElement {
  const { name, logoUrl } = of ?? PLATFORM;
  return (
    <Section style={styles.letterhead}>
      {logoUrl !== null && <Img src={logoUrl} alt="" height={32} style={styles.logo} />}
      <Text className={of === null ? 'accent' : 'ink'} style={styles.sender}>
        {name}
      </Text>
    </Section>
  );
}
