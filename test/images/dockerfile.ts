export interface Step {
  instruction: string;
  /** What follows the instruction, continued lines joined. */
  text: string;
}

export interface Stage {
  name: string;
  /** The stage or image it begins with. */
  from: string;
  steps: Step[];
}

/** The stages of a Dockerfile, in order. Knows what ours uses: no ARG, no heredocs, no ONBUILD. */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  for (const line of lines.filter((one) => one.trim() !== '')) {
    const [, instruction = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (instruction === 'FROM') {
      const [, from = '', name = ''] = /^(\S+) AS (\S+)$/.exec(rest) ?? [];
      stages.push({ name, from, steps: [] });
    } else {
      const stage = stages.at(-1);
      if (!stage || instruction === '') throw new Error(`Not understood: ${line}`);
      stage.steps.push({ instruction, text: rest });
    }
  }
  return stages;
}

/** `A=1 B=2` of an ENV. */
export function parseEnv(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(' ').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** The list form of a CMD, alone or within a HEALTHCHECK. */
export function parseCommand(text: string): string[] {
  const list = /\[.*\]$/.exec(text)?.[0];
  if (list === undefined) throw new Error(`Not the list form of a command: ${text}`);
  return JSON.parse(list) as string[];
}
