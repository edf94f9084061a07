/**
 * A process of its own around mongodb-memory-server-core, which prints much when it fails. `host` prints the name of
 * the server it would download from; `download FOLDER` puts `mongod` into that folder.
 */
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoBinary } from 'mongodb-memory-server-core';
import systems from 'mongodb-memory-server-core/lib/util/getos/index.js';
import urls from 'mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js';

const version = '8.0.12';
const [task, folder] = process.argv.slice(2);

if (task === 'host') {
  const os = await systems.getOS();
  const target = { version, platform: platform(), arch: arch(), os };
  const url = await new urls.MongoBinaryDownloadUrl(target).getDownloadUrl();
  console.log(new URL(url).hostname);
} else {
  const downloadDir = mkdtempSync(join(tmpdir(), 'cordee-mongod-'));
  try {
    const path = await MongoBinary.getPath({ version, downloadDir });
    mkdirSync(folder, { recursive: true });
    copyFileSync(path, join(folder, 'mongod.part'));
    renameSync(join(folder, 'mongod.part'), join(folder, 'mongod'));
  } finally {
    rmSync(downloadDir, { recursive: true, force: true });
  }
}
