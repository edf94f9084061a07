import { type ComponentProps, useState, type SyntheticEvent } from 'react';
import type { NoteAudience } from '../../../../../src/contracts/mentoring/mentoring';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { NoteFields } from './NoteFields';

interface NoteFormProps extends Omit<ComponentProps<typeof NoteFields>, 'audience' | 'onAudience' | 'busy'> {
  /** Who reads it unless one chooses otherwise. */
  readers: NoteAudience;
  /** What it throws is shown; the form is free again when it is over. */
  send: (audience: NoteAudience) => Promise<void>;
  onEscape?: () => void;
  /** The namespace that has words for its problems. */
  ns?: string;
}

/** A note being written or changed: its fields, who will read it, and why it could not be saved. */
export function NoteForm({ readers, send, onEscape, ns = 'coaching', ...fields }: NoteFormProps) {
  const [audience, setAudience] = useState(readers);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await send(audience);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      className="mt12"
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => event.key === 'Escape' && onEscape?.()}
    >
      <NoteFields {...fields} audience={audience} onAudience={setAudience} busy={busy} />
      {problem !== null && (
        <div className="mt12">
          <ProblemAlert error={problem} ns={ns} />
        </div>
      )}
    </form>
  );
}
