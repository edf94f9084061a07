import { TagsInput, type TagsInputProps } from '@mantine/core';
import { asTag } from './as-tag';

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
