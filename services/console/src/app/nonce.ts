declare global {
  // What libraries that add style elements look for (`get-nonce`).
  // oxlint-disable-next-line no-var
  var __webpack_nonce__: string;
}

/** What the answer's content security policy lets style elements in by. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

globalThis.__webpack_nonce__ = nonce;
