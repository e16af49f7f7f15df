import type { ReactElement } from 'react';
import { Img, Section, Text } from 'react-email';
import * as styles from './styles.js';

/** The organization that an e-mail comes from, if it sends from its own domain. */
export interface Letterhead {
  name: string;
  /** An https address; null to show the name alone. */
  logoUrl: string | null;
}

/** The platform's name for the recipients of its e-mails. */
const PLATFORM: Letterhead = { name: 'Tenure', logoUrl: null };

/** The head of an e-mail: the name next to the logo, so that nothing is missing if the picture is not loaded. */
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
