/** Runs a function with changed environment variables and restores them. @param changed `undefined` removes a variable */
export async function inSurroundings<T>(
  changed: Readonly<Record<string, string | undefined>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = Object.fromEntries(Object.keys(changed).map((name) => [name, process.env[name]]))
  set(changed)
  try {
    return await work()
  } finally {
    set(before)
  }
}

function set(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}
