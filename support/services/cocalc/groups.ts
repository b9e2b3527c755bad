/** A project or an organization, by its name in the scenario. */
export interface Group {
  kind: 'project' | 'organization' | 'admins'
  title: string
}

/** Recipients of a message. */
export type Recipients = { person: string } | { organization: string }

/** Expected content of a list. */
export interface ListedThings {
  kind: 'projects' | 'organizations'
  titles: string[]
}
