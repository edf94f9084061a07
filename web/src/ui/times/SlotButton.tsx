import { Button } from '@mantine/core';

interface SlotButtonProps {
  /** "12:45", or "Thu 09:30" outside its day. */
  label: string;
  chosen?: boolean;
  disabled?: boolean;
  onClick: () => void;
  /** The whole sentence for a screen reader: "12:45 with Hanna Lindqvist". */
  'aria-label'?: string;
}

/** A free hour one can take; the chosen one is filled. */
export function SlotButton({ label, chosen = false, ...rest }: SlotButtonProps) {
  return (
    <Button variant="slot" aria-pressed={chosen} {...rest}>
      {label}
    </Button>
  );
}
