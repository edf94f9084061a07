import i18next from 'i18next';

/** The library comes after the first page (App), so that no page waits for it. */
const library = async () => (await import('@mantine/notifications')).notifications;

/** The button with the cross says what it does. */
const closing = () => ({ closeButtonProps: { 'aria-label': i18next.t('common:close') } });

/** Confirms in one line what left the screen. For what is still on the screen, change it there instead. */
export function toast(message: string): void {
  void library().then((notifications) => notifications.show({ message, autoClose: 5_000, ...closing() }));
}

/** Says that something did not happen. */
export function toastProblem(message: string): void {
  void library().then((notifications) =>
    notifications.show({ message, autoClose: 10_000, role: 'alert', ...closing() }),
  );
}

interface UndoOptions {
  /** On a phone it stands at the foot, above the bar, where one acts many times in a row and looks at what the head says. */
  clearOfTop?: boolean;
  /** The offer is over: taken, hidden, or its time is up. */
  onOver?: () => void;
}

const isPhone = () => window.matchMedia('(max-width: 767px)').matches;

/** Confirms an act and offers to take it back for ten seconds: `toastUndo(t('left', { title }), () => join())`. Returns how to take the offer away before. */
export function toastUndo(message: string, undo: () => void, { clearOfTop, onOver }: UndoOptions = {}): () => void {
  let isOver = false;
  let hide: () => void = () => undefined;
  void Promise.all([library(), import('./UndoLine')]).then(([notifications, { UndoLine, UNDO_SECONDS }]) => {
    if (isOver) return;
    const id = notifications.show({
      ...{ message: '', autoClose: UNDO_SECONDS * 1_000, withCloseButton: false },
      ...(clearOfTop && isPhone() && { position: 'bottom-center' as const }),
      onClose: () => onOver?.(),
    });
    const takeBack = () => {
      notifications.hide(id);
      undo();
    };
    notifications.update({ id, message: <UndoLine message={message} onUndo={takeBack} /> });
    hide = () => void notifications.hide(id);
  });
  return () => {
    isOver = true;
    hide();
    onOver?.();
  };
}
