interface Parent {
  id: string;
  name: string;
}

/** How a template names a job that another one runs after: `parents.Extract`, `parents["nightly sync"]`, else by its id. */
export function parentPath({ id, name }: Parent, all: Parent[]): string {
  const isShared = all.some((other) => other.id !== id && other.name === name);
  if (isShared || /["\\{}]/.test(name)) return `parents["${id}"]`;
  return /^[A-Za-z_]\w*$/.test(name) ? `parents.${name}` : `parents["${name}"]`;
}
