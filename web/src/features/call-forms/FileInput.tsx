import { ActionIcon, Button, Input, Progress } from '@mantine/core';
import { IconFileText, IconPaperclip, IconUpload, IconX } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, type FileAnswer, isFile } from '../../../../src/contracts/calls/answers';
import { type FormField, MAX_FILE_MB } from '../../../../src/contracts/calls/forms';
import type { Locale } from '../../api/types';
import { formatSize } from '../../ui/forms/file-size';
import { Icon } from '../../ui/Icon';
import classes from './call-forms.module.css';

/** How a field that asks for a file comes by it: who applies sends it, a preview only names it. */
export interface FileWays {
  onFile: (file: File) => void;
  /** While one is on its way: its name, and how much of it has arrived, from 0 to 1. */
  sending?: { name: string; part: number } | null;
  /** Opens one that is there. */
  onOpen?: (file: FileAnswer) => void;
}

interface FileInputProps {
  id: string;
  field: FormField;
  value: Answer | undefined;
  onChange: (value: null) => void;
  locale: Locale;
  label: ReactNode;
  description: ReactNode;
  error: ReactNode;
  files: FileWays | undefined;
  readOnly: boolean;
}

const KINDS = { any: undefined, pdf: 'application/pdf', image: 'image/*' } as const;
const MEGABYTE = 1_000_000;

/** One file: chosen or dropped, on its way, or there. What would be refused for its size or kind is not even sent. */
export function FileInput(props: FileInputProps) {
  const { id, field, value, onChange, locale, label, description, error, files, readOnly } = props;
  const { t } = useTranslation('call-forms', { lng: locale });
  const fileText = useFileText(locale);
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const sending = files?.sending ?? null;
  const megabytes = field.max ?? MAX_FILE_MB;
  const mayTake = files !== undefined && !readOnly && sending === null;
  const take = (list: FileList | null) => {
    const file = list?.[0];
    if (!file || !mayTake) return;
    const code = problemOf(file, field, megabytes);
    setRefused(code && fileText(code, megabytes));
    if (!code) files.onFile(file);
  };
  const remove = () => {
    onChange(null);
    setTimeout(() => button.current?.focus());
  };
  const there = isFile(value) ? value : null;
  const wrong = refused ?? error;
  const describedBy = [description && `${id}-description`, wrong && `${id}-error`].filter(Boolean).join(' ');
  return (
    <Input.Wrapper
      id={id}
      label={label}
      labelElement="div"
      labelProps={{ id: `${id}-label` }}
      description={description}
      error={wrong}
      withAsterisk={false}
    >
      <div
        className={classes.place}
        data-over={isOver}
        role="group"
        aria-labelledby={`${id}-label`}
        onDragOver={(event) => {
          if (!mayTake) return;
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
        {sending ? (
          <div className={classes.file}>
            <Icon of={IconPaperclip} />
            <div className="grow">
              <p className="med cut">{sending.name}</p>
              <Progress
                mt={4}
                size="sm"
                value={sending.part * 100}
                aria-label={t('file.sending', { name: sending.name })}
              />
            </div>
          </div>
        ) : (
          there && (
            <div className={classes.file}>
              <Icon of={IconFileText} />
              <div className="grow">
                <p className="med cut">
                  {files?.onOpen ? (
                    <button type="button" className="link" onClick={() => files.onOpen?.(there)}>
                      {there.name}
                    </button>
                  ) : (
                    there.name
                  )}
                </p>
                <p className="t3 xs">{formatSize(there.size, locale)}</p>
              </div>
              {!readOnly && (
                <ActionIcon aria-label={t('file.remove', { name: there.name })} onClick={remove}>
                  <Icon of={IconX} size={16} />
                </ActionIcon>
              )}
            </div>
          )
        )}
        {!sending && !readOnly && (
          <Button
            ref={button}
            id={id}
            size="sm"
            data-path={field.key}
            aria-describedby={describedBy || undefined}
            disabled={!mayTake}
            leftSection={<Icon of={IconUpload} size={16} />}
            onClick={() => input.current?.click()}
          >
            {t(there ? 'file.other' : 'file.choose')}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          accept={KINDS[field.accept]}
          hidden
          aria-label={t('file.choose')}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </div>
    </Input.Wrapper>
  );
}

type FileCode = 'empty' | 'too_large' | 'not_a_pdf' | 'not_an_image';

/** What is wrong with a file, as far as a browser can tell; the server looks at what is in it. */
function problemOf({ size, type }: File, { accept }: FormField, megabytes: number): FileCode | null {
  if (size === 0) return 'empty';
  if (size > megabytes * MEGABYTE) return 'too_large';
  if (accept === 'pdf' && type !== '' && type !== KINDS.pdf) return 'not_a_pdf';
  return accept === 'image' && type !== '' && !type.startsWith('image/') ? 'not_an_image' : null;
}

/** Words for why a file was not taken. */
export function useFileText(locale: Locale): (code: string, megabytes?: number) => string {
  const { t } = useTranslation('call-forms', { lng: locale });
  return (code, megabytes = MAX_FILE_MB) => t([`file.problems.${code}`, 'file.problems.other'], { megabytes });
}
