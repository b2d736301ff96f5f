import { afterAll, beforeAll, describe } from 'vitest';
import { standaloneFolder } from '../standalone-process.js';
import { describeOperation } from './operation-stories.js';
import { describeRequirements } from './requirements-stories.js';
import { type Outside, startOutside, type Target } from './target.js';

describe('on npm start', () => {
  let outside: Outside;
  let instance: Awaited<ReturnType<typeof standaloneFolder>>;
  let target: Target;

  beforeAll(async () => {
    [outside, instance] = await Promise.all([startOutside(), standaloneFolder()]);
    const { base, admin } = await instance.start(outside.env);
    target = { apis: [base], admin, outside };
  });

  afterAll(async () => {
    await instance.remove();
    await outside.close();
  });

  describeRequirements(() => target);
  describeOperation(() => target);
});
