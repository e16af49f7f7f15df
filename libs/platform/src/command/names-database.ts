/** Whether it is an address that the driver can read, and that names a database. */
export function namesDatabase(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}
