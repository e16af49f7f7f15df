import { useNavigate, useRouterState } from '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Of the pages that were turned to in a list that is only part of a page. */
    cursors?: readonly string[];
  }
}

const first: readonly string[] = [];

/** The pages of a list that its page's address does not name: the way back leads to the one that was shown. */
export function useTurnedPages() {
  const navigate = useNavigate();
  const cursors = useRouterState({ select: ({ location }) => location.state.cursors ?? first });
  const turn = (to: readonly string[]) =>
    void navigate({ to: '.', search: true, state: (kept) => ({ ...kept, cursors: to }) });
  return [cursors, turn] as const;
}
