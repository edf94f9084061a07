import { ActionIcon } from '@mantine/core';
import { IconAt, IconBold, IconCode, IconMoodSmile } from '@tabler/icons-react';
import { type Ref, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AttachTool } from '../../../ui/files/AttachTool';
import { refocus } from '../../../ui/page/focus';
import { Icon } from '../../../ui/Icon';
import { wrap, type Selected } from '../../../ui/markdown/markdown-edits';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';

const EmojiPopover = lazyPart(() => import('../emoji/EmojiPopover'));

interface ComposerToolsProps {
  /** Takes files; without it none can be attached. */
  onFiles?: (files: File[]) => void;
  /** Changes the text around the caret. */
  edit: (how: (selected: Selected) => Selected) => void;
}

/** What can be put into a message without the keyboard. */
export function ComposerTools({ onFiles, edit }: ComposerToolsProps) {
  const { t } = useTranslation('chat');
  const smile = useRef<HTMLButtonElement>(null);
  const [picking, setPicking] = useState(false);
  const insert = (words: string) => edit(({ text, start, end }) => inserted(text, start, end, words));
  return (
    <>
      {onFiles && <AttachTool onFiles={onFiles} />}
      <span className="only-wide row g4">
        <Tool label={t('common:markdown.bold')} icon={IconBold} onClick={() => edit((one) => wrap(one, '**'))} />
        <Tool label={t('common:markdown.code')} icon={IconCode} onClick={() => edit((one) => wrap(one, '`'))} />
      </span>
      <Tool label={t('composer.name')} icon={IconAt} onClick={() => insert('@')} />
      <span style={{ position: 'relative' }}>
        <Tool ref={smile} label={t('composer.emoji')} icon={IconMoodSmile} onClick={() => setPicking(true)} />
        <Part lost="over">
          {picking && (
            <EmojiPopover
              onClose={() => {
                setPicking(false);
                refocus(smile.current);
              }}
              onPick={(emoji) => {
                setPicking(false);
                insert(emoji);
              }}
            />
          )}
        </Part>
      </span>
    </>
  );
}

interface ToolProps {
  ref?: Ref<HTMLButtonElement>;
  label: string;
  icon: typeof IconAt;
  onClick: () => void;
}

function Tool({ ref, label, icon, onClick }: ToolProps) {
  return (
    <ActionIcon ref={ref} aria-label={label} title={label} onClick={onClick}>
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
