import { Global, Module } from '@nestjs/common';
import { Pictures } from './pictures.js';

/** Draws pictures for all rooms. */
@Global()
@Module({ providers: [Pictures], exports: [Pictures] })
export class PicturesModule {}
