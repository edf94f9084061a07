import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { queryClient } from './api/query';
import { router } from './router';
import { cssVariablesResolver, theme } from './theme/theme';

/** Nothing needs to be said before there is a page. */
const Later = lazy(() => import('./shell/Later'));

/** The nonce that the server wrote into the page; without it the policy refuses Mantine's style tags. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

// react-remove-scroll, under Mantine's dialogs, asks here for the nonce of the style tag it adds.
Object.assign(globalThis, { __webpack_nonce__: nonce });

/** The whole app: theme, cache of answers, addresses. */
export function App() {
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queryClient}>
          <Suspense>
            <RouterProvider router={router} />
          </Suspense>
          <Suspense>
            <Later />
          </Suspense>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  );
}
