import { Story } from './story.js';

function told(tell: (story: Story) => void): { lines: string[]; story: Story } {
  const lines: string[] = [];
  const story = new Story((line) => lines.push(line));
  tell(story);
  return { lines, story };
}

describe('the story of a tour', () => {
  it('numbers its chapters', () =>
    expect(
      told((story) => {
        story.chapter('A form');
        story.chapter('A year');
      }).lines,
    ).toEqual(['\n1. A form', '\n2. A year']));

  it('shows the figure of a check that passed', () =>
    expect(told((story) => story.check('datapoints', 480, 480)).lines).toEqual(['    ✓ datapoints: 480']));

  it('shows what was expected and what was found if they differ', () =>
    expect(told((story) => story.check('recipients', ['a', 'b'], ['a'])).lines).toEqual([
      '    ✗ recipients\n        expected a\n        found    a, b',
    ]));

  it('shows figures with their names', () =>
    expect(told((story) => story.check('figures', { used: 60, left: 40 }, { used: 60, left: 40 })).lines).toEqual([
      '    ✓ figures: used 60, left 40',
    ]));

  it('compares by value, not by the order of the fields', () =>
    expect(told((story) => story.check('figures', { used: 1, left: 2 }, { left: 2, used: 1 })).story.passed).toBe(1));

  it('counts failed checks and interrupted steps', () => {
    const { story } = told((story) => {
      story.check('one', true, true);
      story.check('two', false, true);
      story.broke('three', new Error('nobody answers'));
    });
    expect(story.end()).toBe('1 passed, 2 failed');
  });
});
