import { ActionIcon, SegmentedControl, Textarea, type TextareaProps } from '@mantine/core';
import { IconBold, IconCode, IconLink, IconList, IconQuote, type Icon as TablerIcon } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../Icon';
import { link, prefix, wrap, type Selected } from './markdown-edits';
import classes from './MarkdownEditor.module.css';
import { lazyPart } from '../page/lazy-part';
import { Part } from '../forms/Part';

const Markdown = lazyPart(async () => ({ default: (await import('./Markdown')).Markdown }));

interface MarkdownEditorProps extends Omit<TextareaProps, 'value' | 'onChange' | 'label'> {
  label: string;
  value?: string;
  onChange: (value: string) => void;
}

/** A text field with the few signs of markdown that people use, and a preview by the same renderer as the page. */
export function MarkdownEditor({ label, value = '', onChange, minRows = 4, ...rest }: MarkdownEditorProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [preview, setPreview] = useState(false);

  const apply = (edit: (selected: Selected) => Selected) => {
    const area = field.current;
    if (!area) return;
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
              <Markdown source={value} />
            </Part>
          </div>
        )}
        <div hidden={preview}>
          <Textarea
            {...rest}
            ref={field}
            aria-label={label}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            autosize
            minRows={minRows}
            maxRows={24}
          />
          <div className={classes.tools} role="toolbar" aria-label={t('common:markdown.toolbar')}>
            {tools.map(([name, icon, edit]) => (
              <ActionIcon key={name} size="sm" aria-label={t(`common:markdown.${name}`)} onClick={() => apply(edit)}>
                <Icon of={icon} size={16} />
              </ActionIcon>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}
