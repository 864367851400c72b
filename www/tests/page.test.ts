import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the page has nothing inline, which its policy would refuse', () => {
  const html = readFileSync('index.html', 'utf8');
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  expect(html.match(/<script/g)).toEqual(html.match(/<script [^>]*src="/g)?.map(() => '<script'));
});
