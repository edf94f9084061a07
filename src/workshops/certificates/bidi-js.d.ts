/** What we use of it; the package brings no types. */
declare module 'bidi-js' {
  export interface EmbeddingLevels {
    levels: Uint8Array;
  }
  export interface Bidi {
    getEmbeddingLevels: (text: string, direction?: 'ltr' | 'rtl') => EmbeddingLevels;
    /** Places of brackets that are drawn the other way round, and the sign to draw. */
    getMirroredCharactersMap: (text: string, levels: Uint8Array) => Map<number, string>;
  }
  export default function bidiFactory(): Bidi;
}
