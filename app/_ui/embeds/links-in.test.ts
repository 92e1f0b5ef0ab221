import { expect, test } from 'vitest';
import { linksIn, youtubeVideo } from './links-in.ts';

test('finds addresses as people and Markdown write them', () => {
  expect(linksIn('See https://a.example/x?y=1. And (https://b.example/z), [c](https://c.example/w) **https://d.example**')).toEqual([
    'https://a.example/x?y=1',
    'https://b.example/z',
    'https://c.example/w',
  ]);
  expect(linksIn('http://localhost:3000 and https://a.example, https://a.example! javascript:alert(1)')).toEqual(['https://a.example']);
});

test('reads a long run of dots in time that its length takes', () => {
  expect(linksIn(`https://a.example/${'.'.repeat(300_000)}x https://b.example${'!'.repeat(300_000)}`)[1]).toBe('https://b.example');
});

test('knows the addresses of a video', () => {
  for (const link of [
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3',
    'https://youtu.be/dQw4w9WgXcQ?si=x',
    'https://m.youtube.com/shorts/dQw4w9WgXcQ',
  ])
    expect(youtubeVideo(link)).toBe('dQw4w9WgXcQ');
  for (const link of ['https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ', 'https://youtu.be/<script>', 'https://youtube.com/@garden'])
    expect(youtubeVideo(link)).toBeNull();
});
