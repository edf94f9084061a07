import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import { FileStore } from './file-store.js';
import { FolderStore } from './folder-store.js';
import { S3Store } from './s3-store.js';

/** The store that the configuration names: a bucket, or a folder. */
export function fileStoreFor(config: Config): FileStore {
  if (!config.S3_BUCKET) return new FolderStore(config.FILES_PATH);
  return new S3Store({
    bucket: config.S3_BUCKET,
    endpoint: config.S3_ENDPOINT,
    region: config.S3_REGION,
    accessKeyId: config.S3_ACCESS_KEY_ID,
    secretAccessKey: config.S3_SECRET_ACCESS_KEY,
  });
}

/** Gives the file store to all rooms. */
@Global()
@Module({
  providers: [{ provide: FileStore, inject: [CONFIG], useFactory: fileStoreFor }],
  exports: [FileStore],
})
export class FileStoreModule implements OnApplicationShutdown {
  constructor(@Inject(FileStore) private readonly store: FileStore) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.store instanceof S3Store) await this.store.close();
  }
}
