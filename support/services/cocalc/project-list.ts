import type { Project } from './contract'

/** Filters of a list of projects; an absent one does not filter. */
export interface Wanted {
  deleted?: boolean
  /** Such as `running`, in any case. */
  state?: string
  /** Whose hidden projects: a project is hidden for one person, not for all. */
  hidden?: { accountId: string; is: boolean }
  limit?: number
}

/** The matching projects, sorted by latest edit, creation, title and id, each descending; limited in number. */
export function arrange(projects: readonly Project[], { deleted, state, hidden, limit }: Wanted): Project[] {
  if (limit !== undefined && limit < 0) throw new RangeError('a list cannot have fewer than no projects')
  const fitting = projects.filter(
    (one) =>
      (deleted === undefined || (one.deleted ?? false) === deleted) &&
      (state === undefined || one.state?.state.toLowerCase() === state.toLowerCase()) &&
      (hidden === undefined || isHidden(one, hidden.accountId) === hidden.is),
  )
  return fitting.sort((one, other) => compare(keyOf(other), keyOf(one))).slice(0, limit)
}

function isHidden({ users }: Project, accountId: string): boolean {
  return users?.[accountId]?.hide === true
}

function keyOf({ last_edited = '', created = '', title = '', project_id }: Project): string[] {
  return [last_edited, created, title.toLowerCase(), project_id]
}

function compare(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((part, index) => part !== other[index])
  if (at < 0) return 0
  return (one[at] ?? '') < (other[at] ?? '') ? -1 : 1
}
