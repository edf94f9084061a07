import { useState, type ImgHTMLAttributes } from 'react';
import { refresh } from '../../api/token';

interface FileImageProps extends Omit<ImgHTMLAttributes<HTMLImageElement>, 'src'> {
  src: string;
  alt: string;
}

/** An image of ours. A page that slept longer than its cookie lives takes a new one and asks once more. */
export function FileImage({ src, alt, ...rest }: FileImageProps) {
  const [again, setAgain] = useState<'no' | 'asking' | 'yes'>('no');
  const onError = () => {
    if (again !== 'no' || !src.startsWith('/files/')) return;
    setAgain('asking');
    refresh().then(
      () => setAgain('yes'),
      () => undefined,
    );
  };
  return <img {...rest} src={again === 'yes' ? `${src}?again` : src} alt={alt} onError={onError} />;
}
