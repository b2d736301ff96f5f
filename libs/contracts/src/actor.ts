/** Who asks for something, as far as the services care. */
export interface Actor {
  id: string;
  role: 'user' | 'admin';
}

/** May this actor see and touch what belongs to `ownerId`? Where not, it does not exist for them. */
export function canAccess(actor: Actor, ownerId: string): boolean {
  return actor.role === 'admin' || actor.id === ownerId;
}
