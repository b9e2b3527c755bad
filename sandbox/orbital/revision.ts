import type { MigrationBuilder } from 'node-pg-migrate'

/** One step of the schema and its parent; the first has none. */
export interface Revision {
  id: string
  parent: string | null
  up(pgm: MigrationBuilder): void
  down(pgm: MigrationBuilder): void
}

/**
 * The revisions from the first to the last.
 * @throws where two have the same parent, one has a parent that does not exist, or more than one has none
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
