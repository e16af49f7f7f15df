import { returnPath } from './return-path.js';

describe('a sign-in returns to', () => {
  it.each([
    '/',
    '/account-management/active?license=basic&text=a%20b',
    '/customer-success/applications/0198c2f4-0000-7000-8000-000000000003#decision',
    '/search?next=https://elsewhere.example/',
  ])('the requested page: %s', (asked) => expect(returnPath(asked)).toBe(asked));

  it.each([
    'https://evil.example/',
    'http:evil.example',
    '//evil.example/',
    '//evil.example/page',
    '//[evil.example/',
    '///evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/\t/evil.example/',
    '/\n/evil.example',
    '/%09/../\\/evil.example',
    '/..//evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    ' /padded',
    'account-management',
    '',
    `/${'x'.repeat(1_000)}`,
    '/auth/sign-in?return=/',
    '/Auth/sign-in?return=/',
    undefined,
    ['/a', '/b'],
    { toString: () => '/a' },
  ])('the first page if it is not a path of this site: %j', (asked) => expect(returnPath(asked)).toBe('/'));

  it('a path without characters that could end an attribute or a header', () =>
    expect(returnPath('/"><script>alert(1)</script>\r\nSet-Cookie: a=b')).toBe(
      '/%22%3E%3Cscript%3Ealert(1)%3C/script%3ESet-Cookie:%20a=b',
    ));
});
