import { renderToStaticMarkup } from 'react-dom/server';

/** XML has no place for these, however they are written (XML 1.0, section 2.2). */
// eslint-disable-next-line no-control-regex
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A text of a person as it may stand in a feed; half a character becomes a sign of its own. */
export const plainInAtom = (text: string): string => Buffer.from(text).toString().replace(NOT_IN_XML, ' ');

/** The library of feeds sends what an entry says as HTML (RFC 4287, section 3.1.1.2). */
export const htmlInAtom = (text: string): string => renderToStaticMarkup(plainInAtom(text));
