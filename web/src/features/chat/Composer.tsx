import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconAt, IconBold, IconCode, IconMoodSmile, IconPaperclip, IconSend2 } from '@tabler/icons-react';
import {
  lazy,
  Suspense,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../../../src/contracts/files';
import { namesEverybody } from '../../../../src/common/everybody';
import { Icon } from '../../ui/Icon';
import { wrap, type Selected } from '../../ui/markdown-edits';
import { toTokens } from './mentions';
import { NameList, useNameList } from './NameList';
import { useChatPeople } from './people';
import { useAttaching } from './useAttaching';
import classes from './Chat.module.css';

const EmojiPopover = lazy(() => import('./EmojiPopover'));
const UploadTray = lazy(() => import('./UploadTray'));

const MOST_CHARACTERS = 8_000;
const MOST_ROWS = 10;
/** From more people on `@channel` asks whether all of them are meant. */
const MANY = 20;

/** Puts text into the composer from outside: a quote. */
export interface ComposerHandle {
  insert: (text: string) => void;
  focus: () => void;
}

interface ComposerProps {
  kind: 'channel' | 'thread' | 'edit';
  label?: string;
  initial: string;
  /** Where files are gathered; without it none can be attached. */
  place?: string;
  /** A message with files needs no words. */
  mayBeEmpty?: boolean;
  /** The text with names as tokens, and the files that go with it. */
  onSend: (body: string, attachments: Attachment[]) => void;
  /** What is typed, at each change. */
  onTyped?: (text: string) => void;
  /** Arrow up in an empty composer: my last message. */
  onEditLast?: () => void;
  onCancel?: () => void;
  /** While the server is asked, and why it refused, in words. */
  busy?: boolean;
  problem?: string | null;
  handle?: Ref<ComposerHandle>;
}

/** Where one writes: Enter sends, Shift Enter is a new line, @ names somebody, arrow up changes the last message. */
export function Composer(props: ComposerProps) {
  const { kind, label, initial, place, mayBeEmpty = false, onSend, onTyped, onEditLast, onCancel, handle } = props;
  const { busy = false, problem = null } = props;
  const { t } = useTranslation('chat');
  const { people } = useChatPeople();
  const area = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(initial);
  const [picking, setPicking] = useState(false);
  const listId = useId();
  const isEdit = kind === 'edit';
  const attaching = useAttaching(place);

  // One message to a crowd is meant, not slipped: the first Enter asks, the second sends.
  const tellsMany = !isEdit && people.length > MANY && namesEverybody(text);
  const [warned, setWarned] = useState(false);

  const set = (next: string, caret?: number) => {
    setText(next);
    setWarned(false);
    onTyped?.(next);
    if (caret === undefined) return;
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(caret, caret);
    });
  };
  const names = useNameList(area, text, set);

  useEffect(() => {
    if (!isEdit) return;
    area.current?.focus();
    area.current?.setSelectionRange(MOST_CHARACTERS, MOST_CHARACTERS);
    // Its buttons stand below the field that takes the focus.
    const frame = requestAnimationFrame(() => box.current?.scrollIntoView({ block: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, [isEdit]);
  useImperativeHandle(handle, () => ({
    insert: (more) => set(`${text === '' || text.endsWith('\n') ? text : `${text}\n`}${more}`, MOST_CHARACTERS),
    focus: () => area.current?.focus(),
  }));

  const edit = (how: (selected: Selected) => Selected) => {
    const { selectionStart: start = 0, selectionEnd: end = 0 } = area.current ?? {};
    const next = how({ text, start, end });
    set(next.text);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(next.start, next.end);
    });
  };
  const insert = (words: string) => edit(({ text: all, start, end }) => inserted(all, start, end, words));

  const isEmpty = text.trim() === '' && !mayBeEmpty && !attaching.hasFiles;
  const send = () => {
    const body = toTokens(text.trim(), people);
    if (busy || isEmpty || attaching.busy || body.length > MOST_CHARACTERS) return;
    if (tellsMany && !warned) {
      setWarned(true);
      return;
    }
    onSend(body, attaching.take());
    if (!isEdit) set('', 0);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || names.onKeyDown(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && text === '' && onEditLast) {
      event.preventDefault();
      onEditLast();
    } else if (event.key === 'Escape' && onCancel) {
      event.stopPropagation();
      onCancel();
    } else if (event.key === 'b' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      edit((selected) => wrap(selected, '**'));
    }
  };

  const tooLong = text.length > MOST_CHARACTERS;
  return (
    <div ref={box} className={`${classes.composer} ${isEdit ? classes.inrow : ''}`}>
      <NameList id={listId} list={names} />
      <Textarea
        ref={area}
        variant="unstyled"
        classNames={{ input: classes.area }}
        autosize
        minRows={1}
        maxRows={MOST_ROWS}
        value={text}
        placeholder={label}
        aria-label={label ?? t('composer.edit')}
        aria-invalid={tooLong}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={names.found.length > 0 ? listId : undefined}
        aria-activedescendant={names.found.length > 0 ? `${listId}-${names.at}` : undefined}
        onChange={(event) => {
          set(event.currentTarget.value);
          names.look(event.currentTarget);
        }}
        onSelect={(event) => names.look(event.currentTarget)}
        onBlur={names.close}
        onPaste={attaching.onPaste}
        onKeyDown={onKeyDown}
      />
      <Suspense>{attaching.uploads.length > 0 && <UploadTray uploads={attaching.uploads} />}</Suspense>
      {warned && (
        <p className={classes.problem} role="alert">
          {t('composer.everybody', { count: people.length })}
        </p>
      )}
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.ctl}>
        {place !== undefined && (
          <>
            <Tool label={t('files.attach')} icon={IconPaperclip} onClick={() => picker.current?.click()} />
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              aria-label={t('files.attach')}
              onChange={(event) => {
                attaching.add([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = '';
                area.current?.focus();
              }}
            />
          </>
        )}
        <span className="only-wide row g4">
          <Tool label={t('common:markdown.bold')} icon={IconBold} onClick={() => edit((one) => wrap(one, '**'))} />
          <Tool label={t('common:markdown.code')} icon={IconCode} onClick={() => edit((one) => wrap(one, '`'))} />
        </span>
        <Tool label={t('composer.name')} icon={IconAt} onClick={() => insert('@')} />
        <span style={{ position: 'relative' }}>
          <Tool label={t('composer.emoji')} icon={IconMoodSmile} onClick={() => setPicking(true)} />
          <Suspense>
            {picking && (
              <EmojiPopover
                onClose={() => setPicking(false)}
                onPick={(emoji) => {
                  setPicking(false);
                  insert(emoji);
                }}
              />
            )}
          </Suspense>
        </span>
        <span className="right row">
          {tooLong ? (
            <span className="xs state alert">{t('composer.tooLong', { count: text.length - MOST_CHARACTERS })}</span>
          ) : (
            kind !== 'thread' && (
              <span className={`xs t3 only-wide ${attaching.busy ? '' : classes.hint}`}>
                {t(attaching.busy ? 'files.busy' : isEdit ? 'composer.editHint' : 'composer.hint')}
              </span>
            )
          )}
          {onCancel && (
            <Button size="sm" variant="subtle" onClick={onCancel}>
              {t('common:cancel')}
            </Button>
          )}
          <Button
            size="sm"
            variant="filled"
            leftSection={isEdit ? undefined : <Icon of={IconSend2} size={16} />}
            loading={busy}
            aria-disabled={isEmpty || attaching.busy || tooLong}
            onClick={send}
          >
            {t(`composer.${{ channel: 'send', thread: 'reply', edit: 'save' }[kind]}`)}
          </Button>
        </span>
      </div>
    </div>
  );
}

function Tool({ label, icon, onClick }: { label: string; icon: typeof IconAt; onClick: () => void }) {
  return (
    <ActionIcon aria-label={label} title={label} onClick={onClick}>
      <Icon of={icon} />
    </ActionIcon>
  );
}

/** Words at the caret, apart from the word before them. */
function inserted(text: string, start: number, end: number, words: string): Selected {
  const before = text.slice(0, start);
  const gap = words === '@' && /\S$/.test(before) ? ' ' : '';
  const at = start + gap.length + words.length;
  return { text: `${before}${gap}${words}${text.slice(end)}`, start: at, end: at };
}
