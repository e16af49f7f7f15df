declare global {
  // Read by libraries that add style elements (`get-nonce`).
  // oxlint-disable-next-line no-var
  var __webpack_nonce__: string;
}

/** The nonce with which the content security policy of the answer allows style elements. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

globalThis.__webpack_nonce__ = nonce;
