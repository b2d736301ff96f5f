type Fields = Record<string, unknown> | null;

/** What an entry of the audit trail changed, as `FieldDiff` shows it. Null: there was nothing before, or is nothing any more. */
export function fieldChanges(before: Fields, after: Fields) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields.map((field) => ({ field, from: before?.[field], to: after?.[field] }));
}
