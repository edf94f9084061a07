import { Navigate, useLocation } from '@tanstack/react-router';
import { useState } from 'react';

/** Goes once: the address is read when one leaves, not again while the way there already changes it. */
export function ToSignIn() {
  const href = useLocation({ select: (location) => location.href });
  const [next] = useState(href === '/' ? undefined : href);
  return <Navigate to="/sign-in" search={{ next }} replace />;
}
