import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { Attaching } from './attaching.js';
import { FileCopies } from './file-copies.js';
import { FileHolders } from './file-holders.js';
import { fileSchema } from './file.schema.js';
import { FilesController } from './files.controller.js';
import { FilesRepository } from './files.repository.js';
import { FilesService } from './files.service.js';
import { FilesSweep } from './files.sweep.js';
import { LettingGo } from './letting-go.js';
import { PlainFiles } from './plain/plain-files.js';
import { StorageCounts } from './storage/storage-counts.js';
import { Storage } from './storage/storage.js';
import { StorageController } from './storage/storage.controller.js';
import { StorageService } from './storage/storage.service.js';
import { storageUseSchema } from './storage/storage-use.schema.js';
import { StorageUsesRepository } from './storage/storage-uses.repository.js';
import { UploadsController } from './uploads.controller.js';

/** What is attached to things. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    MongooseModule.forFeature([
      { name: 'File', schema: fileSchema },
      { name: 'StorageUse', schema: storageUseSchema },
    ]),
  ],
  controllers: [FilesController, StorageController, UploadsController],
  providers: [
    Attaching,
    FileCopies,
    FileHolders,
    FilesRepository,
    FilesService,
    FilesSweep,
    LettingGo,
    PlainFiles,
    Storage,
    StorageCounts,
    StorageService,
    StorageUsesRepository,
  ],
  exports: [Attaching, FileCopies, FileHolders, FilesService, StorageService],
})
export class FilesModule {}
