import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ChainCondition } from '#contracts';

/** One job that runs after another: what `after` of the jobs says, to be looked up from either end. Deleted jobs have none. */
@Entity('chain_links')
@Check('chain_links_condition_known', `condition IN ('completed', 'failed', 'any')`)
@Check('chain_links_not_itself', 'child_id <> parent_id')
export class ChainLinkEntity {
  @PrimaryColumn({ type: 'uuid', name: 'child_id', primaryKeyConstraintName: 'chain_links_pk' })
  @ForeignKey('JobEntity', { name: 'chain_links_child_fk', onDelete: 'CASCADE' })
  childId!: string;

  @Index('chain_links_parent_idx')
  @PrimaryColumn({ type: 'uuid', name: 'parent_id', primaryKeyConstraintName: 'chain_links_pk' })
  @ForeignKey('JobEntity', { name: 'chain_links_parent_fk', onDelete: 'CASCADE' })
  parentId!: string;

  @Column({ type: 'varchar', length: 16 })
  condition!: ChainCondition;
}
