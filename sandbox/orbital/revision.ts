import type { MigrationBuilder } from 'node-pg-migrate'

/** One step of the schema, and the one it builds on; the first has no parent. */
export interface Revision {
  id: string
  parent: string | null
  up(pgm: MigrationBuilder): void
  down(pgm: MigrationBuilder): void
}

/**
 * The revisions from the first to the last.
 * @throws where two share a parent, one has a parent that is not there, or there is more than one first
 */
export function chainOf(revisions: readonly Revision[]): Revision[] {
  const chain: Revision[] = []
  for (let parent: string | null = null; chain.length < revisions.length; ) {
    const children = revisions.filter((revision) => revision.parent === parent)
    const [next] = children
    if (!next || children.length > 1)
      throw new Error(`Migrations must form one chain: ${parent ?? 'the beginning'} is followed by ${children.length} revisions.`)
    chain.push(next)
    parent = next.id
  }
  return chain
}
