import type { ChainLink } from '#contracts';

/** A link as definitions keep it. */
export interface StoredChainLink extends ChainLink {
  /** The parent's name when the link was last given: templates go on knowing it by that when it gets another. */
  name: string;
}
