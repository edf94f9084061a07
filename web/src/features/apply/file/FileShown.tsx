import { useEffect, useMemo, useState } from 'react';
import { useStore } from '../../../api/store';
import { type FieldFiles, FieldFilesContext } from '../../call-forms/field-files';
import { useTick } from '../call/useTick';
import { ClosedFile } from './ClosedFile';
import { Editing } from './Editing';
import { Submitted } from './Submitted';
import { Withdrawn } from './Withdrawn';
import type { Saver } from './saver';
import { focusStanding } from './standing';

/** A file as it stands: filled in while it can be, read once it was handed in, or what is left of it. */
export default function FileShown({ saver }: { saver: Saver }) {
  const files = useMemo<FieldFiles>(
    () => ({
      add: (field, file, watching) => saver.addFile(field, file, watching),
      open: (answer) => saver.openFile(answer),
    }),
    [saver],
  );
  return (
    <FieldFilesContext value={files}>
      <Standing saver={saver} />
    </FieldFilesContext>
  );
}

function Standing({ saver }: { saver: Saver }) {
  const { draft } = useStore(saver.shown);
  const { state, call, asked, abilities } = draft.server;
  const [isChanging, setChanging] = useState(false);
  useClosing(saver, call.isOpen ? call.closesAt : (asked?.until ?? call.closesAt), call.isOpen || asked !== null);
  const turn = (changing: boolean) => {
    setChanging(changing);
    focusStanding();
  };
  if (state === 'draft' && !abilities.edit) return <ClosedFile saver={saver} />;
  if (state === 'draft' || (isChanging && abilities.edit)) return <Editing saver={saver} onDone={() => turn(false)} />;
  if (state === 'withdrawn') return <Withdrawn application={draft.server} onChange={() => turn(true)} />;
  return <Submitted saver={saver} onChange={() => turn(true)} />;
}

/** How often the server is asked once the clock says that the call is closed, until it says so too, or that it goes on. */
const ASK_MS = 3_000;

function useClosing(saver: Saver, closesAt: string, isOpen: boolean): void {
  const now = useTick(closesAt);
  const isDue = isOpen && Date.parse(closesAt) <= now;
  useEffect(() => {
    if (!isDue) return;
    const look = () => void saver.look(true);
    look();
    const timer = setInterval(look, ASK_MS);
    return () => clearInterval(timer);
  }, [isDue, saver]);
}
