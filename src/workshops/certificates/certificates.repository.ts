import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { rowOfUpsert } from '../../infra/mongo/errors.js';
import { newCertificateCode } from './certificate-code.js';
import type { CertificateRow } from './certificate.schema.js';

/** The only user of the `workshop-certificates` collection. */
@Injectable()
export class CertificatesRepository {
  constructor(@InjectModel('WorkshopCertificate') private readonly certificates: Model<CertificateRow>) {}

  /** What it says from now on; its code is that of the first time. Two first times at once, and two of one code, are settled by the unique keys. */
  async make({ workshopId, userId, ...made }: Omit<CertificateRow, '_id' | 'code'>): Promise<CertificateRow> {
    return await rowOfUpsert(() =>
      this.certificates
        .findOneAndUpdate(
          { workshopId, userId },
          { $set: made, $setOnInsert: { code: newCertificateCode() } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<CertificateRow | null>(),
    );
  }

  async byCode(code: string): Promise<CertificateRow | null> {
    return await this.certificates.findOne({ code }).lean<CertificateRow>();
  }

  /** Of somebody who was erased. */
  async forget(certificateId: Types.ObjectId): Promise<void> {
    await this.certificates.deleteOne({ _id: certificateId });
  }
}
