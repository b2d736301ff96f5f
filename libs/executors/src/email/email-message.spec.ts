import { describe, expect, it } from 'vitest';
import { emailMessage } from './email-message.js';

const payload = { to: 'a@example.com', subject: 'Report', text: 'done' };

describe('emailMessage', () => {
  it.each([
    ['ops@example.com', '<e1@example.com>'],
    ['Chronos Jobs <jobs@mail.example.com>', '<e1@mail.example.com>'],
    ['"weird@name" <x@example.org> ', '<e1@example.org>'],
    ['nobody', '<e1@chronos.invalid>'],
  ])('from %s has the id %s on every attempt', (from, messageId) => {
    expect(emailMessage(payload, 'e1', from).messageId).toBe(messageId);
  });

  it('takes recipients as addresses, not as lists of them', () => {
    const message = emailMessage(
      { ...payload, cc: ['b@example.com', 'c@example.com'] },
      'e1',
      'ops@example.com',
    );
    expect(message).toMatchObject({
      to: [{ name: '', address: 'a@example.com' }],
      cc: [
        { name: '', address: 'b@example.com' },
        { name: '', address: 'c@example.com' },
      ],
      bcc: [],
    });
  });

  it('reads no file and fetches no address', () => {
    expect(emailMessage(payload, 'e1', 'x@y.z')).toMatchObject({
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  });
});
