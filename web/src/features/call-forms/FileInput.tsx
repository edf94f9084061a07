import { ActionIcon, Button, Input, Progress } from '@mantine/core';
import { IconFile, IconPaperclip, IconX } from '@tabler/icons-react';
import { type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isFile } from '../../../../src/contracts/calls/answers';
import type { Answer } from '../../../../src/contracts/calls/answers';
import { type FileAccept, type FormField, MAX_FILE_MB } from '../../../../src/contracts/calls/forms';
import { Problem } from '../../api/problem';
import type { Locale } from '../../api/types';
import { formatSize } from '../../ui/forms/file-size';
import { Icon } from '../../ui/Icon';
import { FieldFilesContext } from './field-files';
import { FileLink } from './FileLink';
import classes from './call-forms.module.css';

interface FileInputProps {
  field: FormField;
  value: Answer | undefined;
  onChange: (value: null) => void;
  locale: Locale;
  readOnly: boolean;
  shared: { id: string; label: ReactNode; description: ReactNode; error: ReactNode; 'data-path': string };
}

/** As the dialog of the browser takes them. */
const ACCEPTED: Record<FileAccept, string | undefined> = { any: undefined, pdf: 'application/pdf', image: 'image/*' };
const MEGABYTE = 1_000_000;

/** Problems that have words of their own here. */
const KNOWN = new Set([
  ...['empty', 'too_large', 'not_a_pdf', 'not_an_image', 'too_many_pixels', 'too_intricate'],
  ...['storage_full', 'call_closed', 'offline', 'too_many_requests'],
]);

interface Sending {
  file: File;
  share: number;
  stop: AbortController;
}

/** One file: chosen or dropped, sent at once, and taken away again. */
export function FileInput({ field, value, onChange, locale, readOnly, shared }: FileInputProps) {
  const { t } = useTranslation('call-forms', { lng: locale });
  const { add } = useContext(FieldFilesContext);
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const here = useRef<HTMLDivElement>(null);
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const megabytes = field.max ?? MAX_FILE_MB;
  const { id, label, description, error, ...rest } = shared;
  const takes = t('file.takes', { accept: field.accept, megabytes });
  const focus = () => requestAnimationFrame(() => here.current?.querySelector<HTMLElement>('button, a')?.focus());
  const take = async (file: File | undefined) => {
    if (!file || !add || readOnly || sending) return;
    if (file.size > megabytes * MEGABYTE) {
      setProblem('too_large');
      return;
    }
    setProblem(null);
    stop.current = new AbortController();
    const one = { file, share: 0, stop: stop.current };
    setSending(one);
    const onProgress = (share: number) => setSending({ ...one, share });
    try {
      await add(field.key, file, { onProgress, signal: one.stop.signal });
    } catch (failed) {
      if (!one.stop.signal.aborted) setProblem(failed instanceof Problem ? failed.code : 'other');
    } finally {
      setSending(null);
      focus();
    }
  };
  const said = problem === null ? error : t(`file.problem.${KNOWN.has(problem) ? problem : 'other'}`, { megabytes });
  return (
    <Input.Wrapper
      {...rest}
      label={label}
      labelElement="div"
      labelProps={{ id: `${id}-label` }}
      error={said}
      description={
        <span className={classes.below}>
          <span>
            {takes} {description}
          </span>
        </span>
      }
    >
      <div
        ref={here}
        role="group"
        aria-labelledby={`${id}-label`}
        className={classes.file}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void take(event.dataTransfer.files[0]);
        }}
      >
        {sending ? (
          <>
            <Icon of={IconPaperclip} />
            <span className="grow">
              <span className={classes.text}>{sending.file.name}</span>
              <small className="t3 xs" role="status">
                {t('file.sending', {
                  sent: formatSize(sending.share * sending.file.size, locale),
                  size: formatSize(sending.file.size, locale),
                })}
              </small>
              <Progress value={sending.share * 100} size="xs" mt={4} aria-label={t('file.progress')} />
            </span>
            <ActionIcon aria-label={t('file.stop')} onClick={() => sending.stop.abort()}>
              <Icon of={IconX} size={16} />
            </ActionIcon>
          </>
        ) : isFile(value) ? (
          <>
            <Icon of={IconFile} />
            <FileLink id={id} file={value} locale={locale} />
            {!readOnly && (
              <ActionIcon
                aria-label={t('file.remove', { name: value.name })}
                onClick={() => {
                  onChange(null);
                  focus();
                }}
              >
                <Icon of={IconX} size={16} />
              </ActionIcon>
            )}
          </>
        ) : (
          <Button
            id={id}
            leftSection={<Icon of={IconPaperclip} size={16} />}
            disabled={readOnly || !add}
            onClick={() => input.current?.click()}
          >
            {t('file.choose')}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          accept={ACCEPTED[field.accept]}
          hidden
          aria-label={t('file.choose')}
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
    </Input.Wrapper>
  );
}
