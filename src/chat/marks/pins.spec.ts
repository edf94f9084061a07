import { Types } from 'mongoose';
import { pinsAfter } from './pins.js';

const id = () => new Types.ObjectId();
const plain = { _id: id(), pinnedAt: null, deletedAt: null };
const pinned = { ...plain, pinnedAt: new Date(0) };
const others = [id(), id()];

describe('the pins of a channel', () => {
  it('given a message that is pinned, then it comes first', () => {
    expect(pinsAfter({ pins: others }, plain, pinned)).toEqual({ pins: [plain._id, ...others] });
    expect(pinsAfter({}, plain, pinned)).toEqual({ pins: [plain._id] });
  });

  it('given one that is taken down or deleted, then the others stay', () => {
    expect(pinsAfter({ pins: [plain._id, ...others] }, pinned, plain)).toEqual({ pins: others });
    expect(pinsAfter({ pins: [plain._id, ...others] }, pinned, { ...pinned, deletedAt: new Date(0) })).toEqual({
      pins: others,
    });
  });

  it('given another change, then nothing is written', () => {
    expect(pinsAfter({ pins: others }, pinned, pinned)).toEqual({});
    expect(pinsAfter({ pins: others }, plain, plain)).toEqual({});
  });

  it('given 50 pins, then one more is refused', () => {
    const full = { pins: Array.from({ length: 50 }, id) };
    expect(() => pinsAfter(full, plain, pinned)).toThrow(expect.objectContaining({ code: 'too_many_pins' }));
  });
});
