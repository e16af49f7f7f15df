import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words.js';
import { nonce } from './nonce.js';
import { router } from './router.js';
import { contrast, themes } from './theme.js';

/** Everything, once it is known who is signed in. */
export function Application({ queries }: { queries: QueryClient }) {
  return (
    <Themed>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Themed>
  );
}

export function Themed({ children }: { children: ReactNode }) {
  const { language } = useWords();
  return (
    <MantineProvider
      theme={themes[language]}
      cssVariablesResolver={contrast}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {children}
    </MantineProvider>
  );
}
