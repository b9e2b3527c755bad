/** How far the clocks of this machine and of a service may differ, in milliseconds. */
export const CLOCK_TOLERANCE = { sandbox: 1_500, live: 60_000 }
