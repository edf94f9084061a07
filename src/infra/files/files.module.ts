import { Global, Module } from '@nestjs/common';
import { FileStore } from './file-store.js';

/** Gives the file store to all rooms. */
@Global()
@Module({ providers: [FileStore], exports: [FileStore] })
export class FileStoreModule {}
