/** Exif in JPEG (and often in WebP) begins with these; elsewhere it is a TIFF at once (CIPA DC-008, section 4.5.4). */
const PREFIX = Buffer.from('Exif\0\0', 'latin1');
const ORIENTATION = 0x0112;
const SHORT = 3;

/** How a photo lies, 2 to 8, as its Exif says it (CIPA DC-008, section 4.6.5.1.6); null for upright, and for what says nothing of it. */
export function orientationIn(exif: Buffer): number | null {
  const tiff = exif.subarray(0, 6).equals(PREFIX) ? exif.subarray(6) : exif;
  const order = tiff.toString('latin1', 0, 2);
  if ((order !== 'II' && order !== 'MM') || tiff.length < 8) return null;
  const isLittle = order === 'II';
  const two = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const fields = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (fields + 2 > tiff.length) return null;
  const end = Math.min(tiff.length, fields + 2 + two(fields) * 12);
  for (let at = fields + 2; at + 12 <= end; at += 12) {
    if (two(at) !== ORIENTATION || two(at + 2) !== SHORT) continue;
    const said = two(at + 8);
    return said >= 2 && said <= 8 ? said : null;
  }
  return null;
}

/** Exif that says how a photo lies and nothing else: a TIFF of one field. */
export function exifOf(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(ORIENTATION, 10);
  tiff.writeUInt16LE(SHORT, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  return tiff;
}

/** The same as it stands in a JPEG. */
export const withPrefix = (exif: Buffer): Buffer => Buffer.concat([PREFIX, exif]);
