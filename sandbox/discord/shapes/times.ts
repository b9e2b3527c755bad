/** ISO 8601 with microseconds and offset, as Discord writes them. */
export const stamp = (at: number): string => `${new Date(at).toISOString().slice(0, -1)}000+00:00`

export const stampOrNull = (at: number | null): string | null => (at === null ? null : stamp(at))
