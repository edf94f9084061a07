import { Button, type ButtonProps } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';

interface SaveButtonProps extends ButtonProps {
  /** Something is to be saved. */
  dirty: boolean;
  busy: boolean;
  /** Where it stands in no form. */
  onClick?: () => void;
  children: ReactNode;
}

/** Saves what was changed. With nothing to save it stays where the focus is: a disabled button would lose it as soon as all is saved. */
export function SaveButton({ dirty, busy, onClick, children, ...rest }: SaveButtonProps) {
  const isIdle = !dirty && !busy;
  const press = (event: MouseEvent) => {
    if (isIdle) event.preventDefault();
    else onClick?.();
  };
  return (
    <Button
      variant="filled"
      {...rest}
      type={onClick ? 'button' : 'submit'}
      loading={busy}
      data-disabled={isIdle || undefined}
      aria-disabled={isIdle || undefined}
      onClick={press}
    >
      {children}
    </Button>
  );
}
