import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { MaterialRow } from './material.schema.js';

/** The only user of the `workshop-materials` collection: some dozens a workshop. */
@Injectable()
export class MaterialsRepository {
  constructor(@InjectModel('WorkshopMaterial') private readonly materials: Model<MaterialRow>) {}

  async insert(material: MaterialRow, session: ClientSession): Promise<void> {
    await this.materials.create([material], { session });
  }

  /** All of a workshop, in the order in which they were added. */
  async ofWorkshop(workshopId: Types.ObjectId, limit: number): Promise<MaterialRow[]> {
    return await this.materials.find({ workshopId }).sort({ addedAt: 1, _id: 1 }).limit(limit).lean<MaterialRow[]>();
  }

  /** Takes one away; what it was, or null when it is not there (any more). */
  async remove(
    workshopId: Types.ObjectId,
    materialId: Types.ObjectId,
    session: ClientSession,
  ): Promise<MaterialRow | null> {
    return await this.materials.findOneAndDelete({ _id: materialId, workshopId }, { session }).lean<MaterialRow>();
  }
}
