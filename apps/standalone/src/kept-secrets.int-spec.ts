import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '#config';
import { type TempDir, tempDir } from '#testing';
import { keepSecrets, noteAdminPasswordShown, secretsPath } from './kept-secrets.js';

let folder: TempDir;

beforeEach(async () => {
  folder = await tempDir('secrets');
});

afterEach(() => folder.remove());

const mode = async () => (await stat(secretsPath(folder.path))).mode & 0o777;

describe('keepSecrets', () => {
  it('makes secrets that the configuration accepts in production', async () => {
    const secrets = await keepSecrets(folder.path, false);
    const load = () =>
      loadConfig({
        NODE_ENV: 'production',
        JWT_SECRET: secrets.jwtSecret,
        ENCRYPTION_KEY: secrets.encryptionKey,
        ADMIN_EMAIL: 'admin@example.com',
        ADMIN_PASSWORD: secrets.adminPassword,
      });
    expect(load).not.toThrow();
  });

  it('keeps them for their owner only, also when somebody opened the file', async () => {
    const first = await keepSecrets(folder.path, false);
    expect(await mode()).toBe(0o600);
    await chmod(secretsPath(folder.path), 0o644);
    expect(await keepSecrets(folder.path, true)).toEqual(first);
    expect(await mode()).toBe(0o600);
  });

  it('notes that the password was shown', async () => {
    const secrets = await keepSecrets(folder.path, false);
    expect(secrets.adminPasswordShownAt).toBeUndefined();
    await noteAdminPasswordShown(folder.path, secrets);
    expect(await keepSecrets(folder.path, true)).toMatchObject({
      ...secrets,
      adminPasswordShownAt: expect.stringMatching(/^\d{4}-/),
    });
    expect(await mode()).toBe(0o600);
  });

  it('refuses to make new ones for a database made with others', async () => {
    await expect(keepSecrets(folder.path, true)).rejects.toThrow(/is missing.*Restore the file/);
  });

  it.each(['{"jwtSecret": "a"', '{}'])('refuses a damaged file: %s', async (text) => {
    await writeFile(secretsPath(folder.path), text);
    await expect(keepSecrets(folder.path, true)).rejects.toThrow(/damaged|lacks jwtSecret, encryptionKey/);
    expect(await readFile(secretsPath(folder.path), 'utf8')).toBe(text);
  });
});
