import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { Attaching } from './attaching.js';
import { FileHolders } from './file-holders.js';
import { fileSchema } from './file.schema.js';
import { FilesController } from './files.controller.js';
import { FilesRepository } from './files.repository.js';
import { FilesService } from './files.service.js';
import { FilesSweep } from './files.sweep.js';
import { Previews } from './previews.js';
import { UploadsController } from './uploads.controller.js';

/** What is attached to things. */
@Module({
  imports: [AuthModule, MongooseModule.forFeature([{ name: 'File', schema: fileSchema }])],
  controllers: [FilesController, UploadsController],
  providers: [Attaching, FileHolders, FilesRepository, FilesService, FilesSweep, Previews],
  exports: [Attaching, FileHolders, FilesService],
})
export class FilesModule {}
