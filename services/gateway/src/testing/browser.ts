/** The page that the browser ends up at, with its address. */
export interface Shown {
  address: string;
  status: number;
  headers: Headers;
  text: string;
}

/** As much of a browser as signing in needs: cookies by host, redirects, and the headers about the page's origin. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** @param site the origin that people open, and the address at which it really listens */
  constructor(private readonly site: { origin: string; url: string }) {}

  /** Sends one request without following redirects. */
  async send(address: string, init: RequestInit = {}): Promise<Response> {
    const { origin, host } = new URL(address, this.site.origin);
    const target = new URL(address, this.site.origin).href.replace(this.site.origin, this.site.url);
    const cookies = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, cookies);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const isChange = init.method !== undefined && init.method !== 'GET';
    const answer = await fetch(target, {
      ...init,
      redirect: 'manual',
      headers: {
        cookie,
        ...(isChange && { origin, 'sec-fetch-site': 'same-origin' }),
        ...(init.headers as Record<string, string> | undefined),
      },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    return answer;
  }

  /** Opens a page and follows redirects. */
  async visit(address: string, init: RequestInit = {}): Promise<Shown> {
    let [at, next] = [new URL(address, this.site.origin).href, init];
    for (let hops = 0; hops < 12; hops += 1) {
      const answer = await this.send(at, next);
      const location = answer.headers.get('location');
      if (location === null)
        return { address: at, status: answer.status, headers: answer.headers, text: await answer.text() };
      await answer.body?.cancel();
      [at, next] = [new URL(location, at).href, {}];
    }
    throw new Error(`${address} redirects endlessly.`);
  }

  /** Signs in at the local identity provider and returns. */
  async signIn(person: string, returnTo = '/auth/session'): Promise<Shown> {
    const page = await this.visit(`/auth/sign-in?return=${encodeURIComponent(returnTo)}`);
    return this.visit(page.address, { method: 'POST', body: new URLSearchParams({ sign_in: person }) });
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(new URL(this.site.origin).host)?.get(name);
  }

  /** Plants a cookie. */
  setCookie(name: string, value: string): void {
    const { host } = new URL(this.site.origin);
    this.#cookies.set(host, (this.#cookies.get(host) ?? new Map<string, string>()).set(name, value));
  }

  get cookieNames(): string[] {
    return [...(this.#cookies.get(new URL(this.site.origin).host)?.keys() ?? [])];
  }
}
