import { TagsInput, type TagsInputProps } from '@mantine/core';

/** Spaces become dashes, so that words typed as they come are a tag. */
export const asTag = (words: string) =>
  words
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 30);

interface TagFieldProps extends Omit<TagsInputProps, 'onChange' | 'value'> {
  value: string[];
  onChange: (tags: string[]) => void;
}

/** Up to five tags: chosen among those in use, or typed. */
export default function TagField({ value, onChange, ...rest }: TagFieldProps) {
  return (
    <TagsInput
      {...rest}
      value={value}
      maxTags={5}
      splitChars={[',', ' ', ';']}
      onChange={(tags) => onChange([...new Set(tags.map(asTag).filter(Boolean))])}
    />
  );
}
