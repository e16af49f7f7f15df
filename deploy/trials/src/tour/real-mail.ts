import { readFileSync } from 'node:fs';

/** What notifications is told when its e-mails go to Resend itself, not to something that stands in for it. */
export function sendsRealEmails(environment: NodeJS.ProcessEnv): boolean {
  return Boolean(environment.RESEND_API_KEY) && !environment.RESEND_BASE_URL;
}

/** The environment that a process was started with; where there is no `/proc`, that of this command, from the same terminal as a rule. */
export function environmentOf(pid: number | undefined): NodeJS.ProcessEnv {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return Object.fromEntries(
      variables.map((variable) => [variable.split('=', 1)[0]!, variable.slice(variable.indexOf('=') + 1)]),
    );
  } catch {
    return process.env;
  }
}
