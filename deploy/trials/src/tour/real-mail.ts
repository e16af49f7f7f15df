import { readFileSync } from 'node:fs';

/** Whether notifications, with this environment, sends e-mails through Resend itself rather than a stand-in. */
export function sendsRealEmails(environment: NodeJS.ProcessEnv): boolean {
  return Boolean(environment.RESEND_API_KEY) && !environment.RESEND_BASE_URL;
}

/**
 * The environment that a process was started with. Without `/proc` it is that of this command, which usually has the
 * same terminal.
 */
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
