import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { Icon } from '../Icon';
import classes from './FilePlace.module.css';

interface FilePlaceProps {
  /** Asks for the file, and says what it has to be. */
  title: string;
  lead: string;
  /** The words of the button for who does not drop. */
  choose: string;
  /** Kinds of files, as the browser's own dialog takes them. */
  accept: string;
  busy: boolean;
  onFile: (file: File) => void;
  /** Beside the button. */
  aside?: ReactNode;
  /** Under it: how far it is. */
  children?: ReactNode;
}

/** Where one file is dropped or chosen. While one is at work no other is taken. */
export function FilePlace({ title, lead, choose, accept, busy, onFile, aside, children }: FilePlaceProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !busy) onFile(file);
  };
  return (
    <div
      className={classes.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <p className="md med">{title}</p>
      <p className="t2 mt4">{lead}</p>
      <div className="row wrap mt16">
        <Button
          variant="filled"
          leftSection={<Icon of={IconUpload} />}
          loading={busy}
          onClick={() => input.current?.click()}
        >
          {choose}
        </Button>
        {aside}
      </div>
      {children}
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={choose}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
