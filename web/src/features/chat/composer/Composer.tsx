import { Textarea } from '@mantine/core';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../../../../src/contracts/files';
import { wrap, type Selected } from '../../../ui/markdown/markdown-edits';
import { isCommand, literal } from './command-text';
import { ComposerNotes } from './ComposerNotes';
import { ComposerTools } from './ComposerTools';
import { namedBy, toTokens } from '../../../ui/naming/mentions';
import type { UploadPlace } from '../../../ui/files/uploads';
import { useAttaching } from '../../../ui/files/useAttaching';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { toastProblem } from '../../../ui/toast';
import { useChatPeople } from '../channels/people';
import { SendButtons } from './SendButtons';
import { SuggestionList } from '../../../ui/naming/SuggestionList';
import { useCommands } from './useCommands';
import { useShortcodes } from '../emoji/useEmoji';
import { useNames } from '../messages/useNames';
import { useCaret } from '../../../ui/naming/useCaret';
import { useSuggestions } from '../../../ui/naming/useSuggestions';
import classes from '../Chat.module.css';

const OutsideNote = lazyPart(() => import('./OutsideNote'));

const MAX_CHARACTERS = 8_000;
const MAX_ROWS = 10;

/** Puts text into the composer from outside: a quote. */
export interface ComposerHandle {
  insert: (text: string) => void;
  focus: () => void;
}

export interface ComposerProps {
  kind: 'channel' | 'thread' | 'edit';
  label?: string;
  initial: string;
  /** Where files are gathered; without it none can be attached. */
  place?: UploadPlace;
  /** A message with files needs no words. */
  mayBeEmpty?: boolean;
  /** The text with names as tokens, and the files that go with it. */
  onSend: (body: string, attachments: Attachment[]) => void;
  /** The same at an instant; what it throws is said, and all that was typed stays. */
  onLater?: (body: string, attachments: Attachment[], at: string) => Promise<unknown>;
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
export default function Composer(props: ComposerProps) {
  const {
    kind,
    label,
    initial,
    place,
    mayBeEmpty = false,
    onSend,
    onLater,
    onTyped,
    onEditLast,
    onCancel,
    handle,
  } = props;
  const { busy = false, problem = null } = props;
  const { t } = useTranslation('chat');
  const { people, channel, outside, wantOutside } = useChatPeople();
  const nameable = [...people, ...outside];
  const area = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(initial);
  const isEdit = kind === 'edit';
  const attaching = useAttaching(place);

  // One message to a crowd is meant, not slipped: the first Enter asks, the second sends.
  const names = useNames();
  const shortcodes = useShortcodes();
  const crowd = isEdit ? null : names.crowdOf(text);
  const [warned, setWarned] = useState(false);
  const [planning, setPlanning] = useState(false);
  /** Why a command was not done, in words. */
  const [said, setSaid] = useState<string | null>(null);
  const problemText = useProblemText('chat');

  const putCaret = useCaret(area);
  const set = (next: string, at?: number) => {
    setText(next);
    setWarned(false);
    setSaid(null);
    onTyped?.(next);
    if (at !== undefined) putCaret(at);
  };
  const commands = useCommands(text, isEdit, (outcome) => {
    if ('problem' in outcome) setSaid(outcome.problem);
    else set(outcome.text, outcome.text.length);
  });
  const list = useSuggestions(area, text, set, [...commands.sources, names.source, shortcodes.source]);

  // A name that was begun before, or pasted, is looked for as well.
  const mayName = text.includes('@');
  const want = useEffectEvent(wantOutside);
  useEffect(() => {
    if (mayName) want();
  }, [mayName]);
  const unheard = mayName ? namedBy(text, people, outside) : [];

  useEffect(() => {
    if (!isEdit) return;
    area.current?.focus();
    area.current?.setSelectionRange(MAX_CHARACTERS, MAX_CHARACTERS);
    // Its buttons stand below the field that takes the focus.
    const frame = requestAnimationFrame(() => box.current?.scrollIntoView({ block: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, [isEdit]);
  useImperativeHandle(handle, () => ({
    insert: (more) => set(`${text === '' || text.endsWith('\n') ? text : `${text}\n`}${more}`, MAX_CHARACTERS),
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

  const isEmpty = text.trim() === '' && !mayBeEmpty && !attaching.hasFiles;
  const send = () => {
    if (!isEdit && isCommand(text)) {
      commands.run();
      return;
    }
    const body = toTokens(isEdit ? text.trim() : literal(text.trim()), nameable);
    if (busy || isEmpty || attaching.busy || body.length > MAX_CHARACTERS) return;
    if (crowd && !warned) {
      setWarned(true);
      return;
    }
    onSend(body, attaching.take());
    if (!isEdit) set('', 0);
  };

  const later = async (at: string) => {
    if (isEmpty || attaching.busy || !onLater) return;
    if (isCommand(text)) {
      setSaid(t('commands.notLater'));
      return;
    }
    if (crowd && !warned) {
      setWarned(true);
      return;
    }
    setPlanning(true);
    try {
      await onLater(toTokens(literal(text.trim()), nameable), attaching.done(), at);
      attaching.take();
      set('', 0);
    } catch (error) {
      toastProblem(problemText(error));
    } finally {
      setPlanning(false);
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || list.onKeyDown(event)) return;
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

  const tooLong = text.length > MAX_CHARACTERS;
  return (
    <div ref={box} className={`${classes.composer} ${isEdit ? classes.inrow : ''}`}>
      <SuggestionList list={list} />
      <Textarea
        ref={area}
        variant="unstyled"
        classNames={{ input: classes.area }}
        autosize
        minRows={1}
        maxRows={MAX_ROWS}
        value={text}
        placeholder={label}
        aria-label={label ?? t('composer.edit')}
        aria-invalid={tooLong}
        {...list.field}
        onChange={(event) => {
          const { value, selectionStart } = event.currentTarget;
          const completed = shortcodes.completed(value, selectionStart);
          set(completed?.text ?? value, completed?.caret);
          list.look(event.currentTarget);
        }}
        onSelect={(event) => list.look(event.currentTarget)}
        onFocus={names.want}
        onBlur={list.close}
        onPaste={attaching.onPaste}
        onKeyDown={onKeyDown}
      />
      {channel && unheard.length > 0 && (
        <Part>
          <OutsideNote channel={channel} people={unheard} text={text} />
        </Part>
      )}
      <ComposerNotes
        uploads={attaching.uploads}
        hint={commands.hint}
        crowd={warned ? crowd : null}
        problem={problem ?? said}
      />
      <div className={classes.ctl}>
        <ComposerTools
          edit={edit}
          {...(place !== undefined && {
            onFiles: (files: File[]) => {
              attaching.add(files);
              area.current?.focus();
            },
          })}
        />
        <SendButtons
          kind={kind}
          isReady={!isEmpty && !attaching.busy && !tooLong}
          busy={busy || planning || commands.busy}
          state={tooLong ? { tooMany: text.length - MAX_CHARACTERS } : attaching.busy ? 'files' : 'hint'}
          onSend={send}
          onCancel={onCancel}
          onLater={onLater && later}
        />
      </div>
    </div>
  );
}
