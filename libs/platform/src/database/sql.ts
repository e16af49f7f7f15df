/** SQL with its parameters. */
export interface Sql {
  text: string;
  parameters: readonly unknown[];
}

export function sql(text: string, ...parameters: unknown[]): Sql {
  return { text, parameters };
}

/** The conjunction of the conditions. */
export function joined(conditions: readonly Sql[]): Sql {
  if (conditions.length === 0) return sql('true');
  return sql(
    conditions.map(({ text }) => `(${text})`).join(' and '),
    ...conditions.flatMap(({ parameters }) => parameters),
  );
}
