import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, DAY } from '../common/times/clock.js';
import { Ends } from '../infra/queue/ends.js';
import { FilesRepository } from './files.repository.js';
import { FilesService } from './files.service.js';
import { LettingGo } from './letting-go.js';

const AT_ONCE = 100;

/** Removes what nobody may open any more: files of deleted things, and uploads that were not sent within a day. */
@Injectable()
export class FilesSweep implements OnModuleInit {
  constructor(
    private readonly files: FilesRepository,
    private readonly service: FilesService,
    private readonly lettingGo: LettingGo,
    private readonly ends: Ends,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ends.of('files', () => this.sweep());
  }

  /** Bytes first: while the row is there, a failure is tried again at the next turn. */
  async sweep(): Promise<void> {
    await this.lettingGo.expire(new Date(this.clock.now().getTime() - DAY));
    for (;;) {
      const rows = await this.files.gone(AT_ONCE);
      await this.service.removeBytes(rows);
      if (rows.length > 0) await this.files.forget(rows.map((row) => row._id));
      if (rows.length < AT_ONCE) return;
    }
  }
}
