import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CustomHandler } from '#contracts';
import type { HandlerCandidate } from './handler-definition.js';

/** What a folder of handler modules holds, good and bad. */
export interface LoadedModules {
  candidates: HandlerCandidate[];
  faults: string[];
}

const MODULE_FILE = /^[^.].*\.m?js$/;

/**
 * Imports every `.js` and `.mjs` file of a folder, in the order of their names; folders in it are left to what the
 * modules share. A module exports handlers by default or by name, `{ name, run, schema?, description? }`; its other
 * exports are ignored, but a module without any handler is a fault, like one that cannot be imported.
 */
export async function loadHandlerModules(directory: string): Promise<LoadedModules> {
  const loaded: LoadedModules = { candidates: [], faults: [] };
  for (const file of await moduleFiles(directory, loaded.faults)) {
    try {
      const exported = (await import(/* @vite-ignore */ pathToFileURL(join(directory, file)).href)) as object;
      const definitions = definitionsOf(exported);
      loaded.candidates.push(...definitions.map((definition) => ({ source: file, definition })));
      if (definitions.length === 0) {
        loaded.faults.push(
          `${file}: exports no handler; write "export default { name, run }", or move the file into a folder of its own if handlers only import it`,
        );
      }
    } catch (error) {
      loaded.faults.push(`${file}: cannot be imported: ${String(error)}`);
    }
  }
  return loaded;
}

async function moduleFiles(directory: string, faults: string[]): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && MODULE_FILE.test(entry.name))
      .map((entry) => entry.name)
      .toSorted();
  } catch (error) {
    faults.push(`CUSTOM_HANDLERS_DIR cannot be read: ${String(error)}`);
    return [];
  }
}

/** The exports that are, or try to be, handlers; of a CommonJS module, what `module.exports` is or holds. */
function definitionsOf(exported: { default?: unknown }): Partial<CustomHandler>[] {
  const { default: main } = exported;
  const isBundle = typeof main === 'object' && main !== null && !looksLikeHandler(main);
  const values = new Set<unknown>(Object.values(exported));
  for (const value of isBundle ? Object.values({ ...main }) : []) values.add(value);
  return [...values].filter(looksLikeHandler);
}

function looksLikeHandler(value: unknown): value is Partial<CustomHandler> {
  if (typeof value !== 'object' || value === null) return false;
  return 'run' in value || ('name' in value && 'schema' in value);
}
