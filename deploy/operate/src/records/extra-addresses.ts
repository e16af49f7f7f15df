/**
 * Formats the extra addresses of an account as one cell: `office@customer.example (es), site@customer.example (en)`.
 */
export function writeAddresses(addresses: readonly { email: string; language: string }[]): string {
  return addresses.map(({ email, language }) => `${email} (${language})`).join(', ');
}

/** Parses the cell; the schema validates the result. @param preset the language of addresses without one */
export function readAddresses(cell: string, preset: string): { email: string; language: string }[] {
  const parts = cell.split(/[,;\n]/).map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    const [, email, language] = /^(.*?)\s*(?:\((.*)\))?$/s.exec(part)!;
    return { email: email!, language: language?.trim().toLowerCase() ?? preset };
  });
}
