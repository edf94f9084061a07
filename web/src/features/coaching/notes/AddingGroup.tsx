import { useRef, useState, type ReactNode } from 'react';
import { Group } from '../../../ui/page/Group';
import { Part } from '../../../ui/forms/Part';

interface AddingGroupProps {
  title: string;
  count?: number | undefined;
  /** The words of the button that opens the form. */
  add: string;
  /** What stands above the form, always. */
  lead?: ReactNode;
  /** What is said where there is nothing yet, while the form is closed. */
  none?: string;
  /** The form; `close` shuts it, and brings the focus back to the button. */
  form: (close: () => void) => ReactNode;
  children: ReactNode;
}

/** A list with a small form that opens by the button at its head. */
export function AddingGroup({ title, count, add, lead, none, form, children }: AddingGroupProps) {
  const [adding, setAdding] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAdding(false);
    opener.current?.focus();
  };
  return (
    <Group
      className="mt32"
      title={title}
      {...(count !== undefined && { count })}
      right={
        <button ref={opener} type="button" className="link" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          {add}
        </button>
      }
    >
      {lead}
      <Part>{adding && <Opened form={form} onClose={close} />}</Part>
      {children}
      {none && count === 0 && !adding && <p className="t2 mt12">{none}</p>}
    </Group>
  );
}

/** Of its own, since the form may hold fields that begin empty each time. */
function Opened({ form, onClose }: Pick<AddingGroupProps, 'form'> & { onClose: () => void }) {
  return form(onClose);
}
