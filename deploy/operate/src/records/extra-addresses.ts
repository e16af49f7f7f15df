/** Who is told of an account besides members, in one cell: `office@customer.example (es), site@customer.example (en)`. */
export function writeAddresses(addresses: readonly { email: string; language: string }[]): string {
  return addresses.map(({ email, language }) => `${email} (${language})`).join(', ');
}

/** What stands in the cell, for the schema to check. @param preset the language of those that name none */
export function readAddresses(cell: string, preset: string): { email: string; language: string }[] {
  const parts = cell.split(/[,;\n]/).map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    const [, email, language] = /^(.*?)\s*(?:\((.*)\))?$/s.exec(part)!;
    return { email: email!, language: language?.trim().toLowerCase() ?? preset };
  });
}
