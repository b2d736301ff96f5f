import { expect, it } from 'vitest';
import { spansOf } from './ansi-spans.js';
import { plainText } from './terminal-text.js';

const ESC = '\u001b';

it.each([
  ['plain', [{ text: 'plain' }]],
  [`${ESC}[31mred${ESC}[0m off`, [{ text: 'red', color: 'red' }, { text: ' off' }]],
  [`${ESC}[1;92mok${ESC}[0m`, [{ text: 'ok', color: 'bright-green', isBold: true }]],
  [`${ESC}[41mon red${ESC}[0m`, [{ text: 'on red', background: 'red' }]],
  [`${ESC}[7;33mreversed${ESC}[0m`, [{ text: 'reversed', color: 'black', background: 'yellow' }]],
  // 256 colours and 24 bits: the nearest of the 16.
  [`${ESC}[38;5;208morange${ESC}[0m`, [{ text: 'orange', color: 'yellow' }]],
  [`${ESC}[38;5;240mgrey${ESC}[0m`, [{ text: 'grey', color: 'bright-black' }]],
  [`${ESC}[38;2;20;40;220mdeep${ESC}[0m`, [{ text: 'deep', color: 'blue' }]],
  [`${ESC}]8;;https://example.com${ESC}\\link${ESC}]8;;${ESC}\\`, [{ text: 'link' }]],
  ['10%\r50%\r100%', [{ text: '100%' }]],
  ['<b>&amp;</b>', [{ text: '<b>&amp;</b>' }]],
])('%j is shown as it would be in a terminal', (message, spans) => {
  expect(spansOf(message)).toEqual(spans);
});

it.each([
  [`${ESC}[31mred${ESC}[0m off`, 'red off'],
  [`${ESC}[2K${ESC}[1Gdone`, 'done'],
  [`${ESC}]0;title\u0007text`, 'text'],
  ['one\r\ntwo\r', 'one\ntwo'],
])('%j reads %j', (message, text) => {
  expect(plainText(message)).toBe(text);
});
