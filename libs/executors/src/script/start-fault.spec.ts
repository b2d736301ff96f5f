import { describe, expect, it } from 'vitest';
import { startFault } from './start-fault.js';

const nobody = { uid: 65_534, gid: 65_534 };
const fault = (code: string) => Object.assign(new Error(`spawn ${code}`), { code });

describe('startFault', () => {
  it.each([
    ['ENOENT', undefined, 'COMMAND_NOT_FOUND', /does not exist.*interpreter/],
    ['EACCES', undefined, 'COMMAND_NOT_EXECUTABLE', /chmod \+x/],
    [
      'EACCES',
      nobody,
      'COMMAND_NOT_EXECUTABLE',
      /user 65534, which scripts run as because the worker is root/,
    ],
    ['E2BIG', undefined, 'ARGUMENTS_TOO_LONG', /too long/],
    ['EPERM', nobody, 'USER_UNAVAILABLE', /another user than root, or give its container CAP_SETUID/],
    ['EINVAL', nobody, 'USER_UNAVAILABLE', /may not run scripts as user 65534/],
  ])('%s as %j is %s, for good', (code, identity, refused, message) => {
    expect(startFault(fault(code), 'job', identity)).toMatchObject({
      name: 'ScriptRefused',
      code: refused,
      message: expect.stringMatching(message) as string,
    });
  });

  it.each(['EAGAIN', 'ENOMEM', 'EMFILE', 'EPERM'])('%s may pass, so it stays what it is', (code) => {
    const error = fault(code);
    expect(startFault(error, 'job', undefined)).toBe(error);
  });
});
