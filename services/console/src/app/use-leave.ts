import { useMutation } from '@tanstack/react-query';
import { tellSignedOut } from '../api/session.js';

/** Ends the session, and leaves the console for the provider's sign-out. @param signOut ends the session */
export function useLeave(signOut: () => Promise<{ redirectTo: string }>, onError?: (error: unknown) => void) {
  return useMutation({
    mutationFn: signOut,
    onSuccess: ({ redirectTo }) => {
      tellSignedOut();
      window.location.assign(redirectTo);
    },
    ...(onError && { onError }),
  });
}
