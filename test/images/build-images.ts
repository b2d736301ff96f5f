import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rename, symlink } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tempDir } from '#testing';
import { parseCommand, parseDockerfile, parseEnv, type Stage } from './dockerfile.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const WORKDIR = '/app';

/** What a container starts. */
export interface Image {
  /** The folder that stands for the working directory. */
  folder: string;
  env: Record<string, string>;
  command: string[];
  healthCheck: string[] | undefined;
}

export interface Images {
  image(target: string): Image;
  /** Every part of a RUN that was carried out, and every one only a container can. */
  ran: string[];
  leftOut: string[];
  remove(): Promise<void>;
}

/** Parts of a RUN that change the system around the working directory. */
const OF_THE_SYSTEM = /^(apt-get |rm -rf \/var\/lib\/apt|chown )/;
/** All packages of the lock are installed already, or no test would run: they are lent to the build. */
const INSTALL_ALL = 'npm ci';
/** So is what was built of these very sources. A build that differs in any of them, as where one is not copied, is made anew. */
const BUILD = 'npm run build';
const BUILT = ['dist', 'dist-dashboard'];

/**
 * Carries out the steps of our Dockerfile in an empty folder, without a container engine: what is copied, installed
 * and built is what the images hold; what they start can be started from there.
 */
export async function buildImages(): Promise<Images> {
  const [text, ignore, dir] = await Promise.all([
    readFile(join(root, 'Dockerfile'), 'utf8'),
    readFile(join(root, '.dockerignore'), 'utf8'),
    tempDir('images'),
  ]);
  const stages = parseDockerfile(text);
  const built = new Map<string, Promise<string>>();
  const ran: string[] = [];
  const leftOut: string[] = [];
  const isKept = dockerignore(ignore);

  const chain = (name: string): Stage[] => {
    const stage = stages.find((one) => one.name === name);
    return stage ? [...chain(stage.from), stage] : [];
  };
  const folderOf = (name: string): Promise<string> => {
    const known = built.get(name) ?? build(name);
    built.set(name, known);
    return known;
  };
  const env = (name: string) =>
    Object.assign({}, ...valuesOf(chain(name), 'ENV').map(parseEnv)) as Record<string, string>;

  async function build(name: string): Promise<string> {
    const all = chain(name);
    const stage = all.at(-1);
    const isOwn = stage?.steps.some(({ instruction }) => /^(RUN|COPY)$/.test(instruction));
    if (stage && !isOwn && all.length > 1) return folderOf(stage.from);
    const folder = join(dir.path, name);
    await mkdir(folder);
    for (const step of all.flatMap(({ steps }) => steps)) {
      if (step.instruction === 'COPY') await copy(folder, step.text);
      if (step.instruction === 'RUN') await carryOut(folder, step.text, env(name));
    }
    return folder;
  }

  async function copy(folder: string, operands: string): Promise<void> {
    const [, from, paths = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(operands) ?? [];
    const sources = paths.split(' ');
    const target = sources.pop() ?? '';
    for (const source of sources) {
      const to = join(folder, target === './' ? basename(source) : target);
      if (from) await rename(join(await folderOf(from), source.replace(`${WORKDIR}/`, '')), to);
      else
        await cp(join(root, source), to, { recursive: true, filter: (path) => isKept(relative(root, path)) });
    }
  }

  async function carryOut(folder: string, line: string, variables: Record<string, string>): Promise<void> {
    for (const part of line.split(' && ').map((one) => one.trim())) {
      if (OF_THE_SYSTEM.test(part)) leftOut.push(part);
      else if (part === INSTALL_ALL) await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
      else {
        if (part === BUILD) await lendBuild(folder);
        const options = { cwd: folder, env: { ...process.env, ...variables }, maxBuffer: 1 << 24 };
        await run('sh', ['-c', part], options);
        ran.push(part);
      }
    }
  }

  async function lendBuild(folder: string): Promise<void> {
    await Promise.all(BUILT.map((name) => cp(join(root, name), join(folder, name), { recursive: true })));
  }

  try {
    // Copying takes what it needs from its sources, so these are made first, side by side.
    await Promise.all(['build', 'packages'].map(folderOf));
    const targets = new Map<string, Image>();
    for (const name of ['api', 'worker', 'migrate']) {
      const all = chain(name);
      const healthCheck = valuesOf(all, 'HEALTHCHECK').at(-1);
      targets.set(name, {
        folder: await folderOf(name),
        env: env(name),
        command: parseCommand(valuesOf(all, 'CMD').at(-1) ?? ''),
        healthCheck: healthCheck === undefined ? undefined : parseCommand(healthCheck),
      });
    }
    return {
      image: (target) => {
        const image = targets.get(target);
        if (!image) throw new Error(`There is no image ${target}.`);
        return image;
      },
      ran,
      leftOut,
      remove: dir.remove,
    };
  } catch (error) {
    await dir.remove();
    throw error;
  }
}

function valuesOf(stages: Stage[], instruction: string): string[] {
  return stages
    .flatMap(({ steps }) => steps.filter((step) => step.instruction === instruction))
    .map(({ text }) => text);
}

/** Ours lets in what it names with `!`, without what it then leaves out. */
function dockerignore(text: string): (path: string) => boolean {
  const excluded = text.split('\n').filter((line) => line !== '' && !/^[!*#](?!\*)/.test(line));
  return (path) =>
    !excluded.some((line) => (line.startsWith('**/*') ? path.endsWith(line.slice(4)) : path === line));
}
