import type { Attachment } from '../../../../../src/contracts/files';
import { imageIn, notShownIn, withImage } from './page-images';

const id = '6b0dc085ca693c7c9fc35bdb';
const previews = { small: `/files/uploads/${id}/small`, large: `/files/uploads/${id}/large` };
const uploaded = { id, previews } as Attachment;

describe('images in the text of a page', () => {
  it('stand with what they show, else with their name', () => {
    expect(imageIn({ name: 'plan.png', alt: 'A [plan]', uploaded })).toBe(`![A \\[plan\\]](${previews.large})`);
    expect(imageIn({ name: 'plan.png', alt: '', uploaded })).toBe(`![plan.png](${previews.large})`);
    expect(imageIn({ name: 'list.csv', alt: '', uploaded: { ...uploaded, previews: null } })).toBe('');
  });

  it.each([
    ['', 0, 'I'],
    ['One.', 0, 'I\n\nOne.'],
    ['One.\n\nTwo.', 4, 'One.\n\nI\n\nTwo.'],
    ['One. Two.', 5, 'One.\n\nI\n\nTwo.'],
    ['One.\n', 5, 'One.\n\nI'],
  ])('given %j at %i, then the image is a paragraph', (text, at, after) => {
    expect(withImage(text, at, 'I')).toBe(after);
  });

  it('those that a text shows stand nowhere else', () => {
    expect(notShownIn(`See ![it](${previews.large}).`, [uploaded])).toEqual([]);
    expect(notShownIn('See.', [uploaded])).toEqual([uploaded]);
  });
});
