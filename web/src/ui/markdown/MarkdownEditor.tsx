import { ActionIcon, SegmentedControl, type TextareaProps } from '@mantine/core';
import {
  IconBold,
  IconCode,
  IconLink,
  IconList,
  IconListCheck,
  IconQuote,
  IconSourceCode,
  IconTable,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../Icon';
import { enclose, link, prefix, table, wrap, type Selected } from './markdown-edits';
import classes from './MarkdownEditor.module.css';
import { lazyPart } from '../page/lazy-part';
import { Part } from '../forms/Part';
import { SuggestingArea } from '../naming/SuggestingArea';
import type { Source } from '../naming/useSuggestions';

const Markdown = lazyPart(async () => ({ default: (await import('./Markdown')).Markdown }));

const NOTHING: readonly Source[] = [];

interface MarkdownEditorProps extends Omit<TextareaProps, 'value' | 'onChange' | 'label' | 'ref'> {
  label: string;
  value?: string;
  onChange: (value: string) => void;
  /** The text as the page will show it. */
  asShown?: (value: string) => string;
  /** What the page will show beneath the text. */
  beneath?: (value: string) => ReactNode;
  /** What is offered while one types. */
  sources?: readonly Source[];
  /** More that can be put into it, beside the signs. */
  tools?: ReactNode;
  /** What goes with the text, below it. */
  children?: ReactNode;
}

/** A text field with the few signs of markdown that people use, and a preview by the same renderer as the page. */
export function MarkdownEditor({
  label,
  value = '',
  onChange,
  minRows = 4,
  sources = NOTHING,
  readOnly = false,
  tools: more,
  asShown,
  beneath,
  children,
  ...rest
}: MarkdownEditorProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [preview, setPreview] = useState(false);

  const apply = (edit: (selected: Selected) => Selected) => {
    const area = field.current;
    if (!area || readOnly) return;
    const next = edit({ text: area.value, start: area.selectionStart, end: area.selectionEnd });
    onChange(next.text);
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(next.start, next.end);
    });
  };

  const tools: [name: string, icon: TablerIcon, edit: (selected: Selected) => Selected][] = [
    ['bold', IconBold, (selected) => wrap(selected, '**')],
    ['code', IconCode, (selected) => wrap(selected, '`')],
    ['link', IconLink, (selected) => link(selected, t('common:markdown.linkText'))],
    ['list', IconList, (selected) => prefix(selected, '- ')],
    ['quote', IconQuote, (selected) => prefix(selected, '> ')],
    ['tasks', IconListCheck, (selected) => prefix(selected, '- [ ] ')],
    ['program', IconSourceCode, (selected) => enclose(selected, '```', '```')],
    ['table', IconTable, (selected) => table(selected, t('common:markdown.head'))],
  ];

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'b') return;
    event.preventDefault();
    apply((selected) => wrap(selected, '**'));
  };

  return (
    <div>
      <div className="row between">
        <span className={classes.label} aria-hidden="true">
          {label}
        </span>
        <SegmentedControl
          size="xs"
          value={preview ? 'preview' : 'write'}
          onChange={(mode) => setPreview(mode === 'preview')}
          aria-label={label}
          data={[
            { value: 'write', label: t('common:markdown.write') },
            { value: 'preview', label: t('common:markdown.preview') },
          ]}
        />
      </div>
      <div className={classes.box} data-preview={preview}>
        {preview && (
          <div className={classes.preview}>
            {value.trim() === '' ? <p className="t3">{t('common:markdown.empty')}</p> : null}
            <Part>
              <Markdown source={asShown ? asShown(value) : value} />
            </Part>
            {beneath?.(value)}
          </div>
        )}
        <div hidden={preview}>
          <SuggestingArea
            {...rest}
            // What is chosen of them would be typed.
            sources={readOnly ? NOTHING : sources}
            readOnly={readOnly}
            ref={field}
            aria-label={label}
            value={value}
            onChange={onChange}
            onKeyDown={onKeyDown}
            autosize
            minRows={minRows}
            maxRows={24}
          />
          <div className={classes.tools} role="toolbar" aria-label={t('common:markdown.toolbar')}>
            {tools.map(([name, icon, edit]) => (
              <ActionIcon
                key={name}
                size="sm"
                aria-label={t(`common:markdown.${name}`)}
                disabled={readOnly}
                onClick={() => apply(edit)}
              >
                <Icon of={icon} size={16} />
              </ActionIcon>
            ))}
            {more}
          </div>
        </div>
        {children}
      </div>
    </div>
  );
}
