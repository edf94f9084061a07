import { useState, type ReactNode } from 'react';
import { lazyPart } from './page/lazy-part';
import { Part } from './forms/Part';

export interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Asks about the named thing: "Cancel the session of 15 October?" */
  title: string;
  /** What follows and who is told. Fields (a reason) go here too. */
  children: ReactNode;
  /** The verb with its object: "Cancel the session". */
  act: string;
  /** The quiet, safe way out: "Keep it". */
  keep?: string;
  danger?: boolean;
  ns?: string;
  /** Are its fields filled in? Where not, they say so and nothing is done. */
  isReady?: () => boolean;
  /** Closes when it resolves; what it throws is shown in the dialog. */
  onConfirm: () => Promise<unknown>;
}

const ConfirmModal = lazyPart(() => import('./ConfirmModal'));

/** Asks before an act that cannot be undone, by naming the thing. Its script comes with the first opening. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [wanted, setWanted] = useState(props.opened);
  if (props.opened && !wanted) setWanted(true);
  return <Part lost="over">{wanted && <ConfirmModal {...props} />}</Part>;
}
