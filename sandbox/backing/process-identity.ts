import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Identifies one process among all processes of all machines and containers, past ones included. */
export interface ProcessIdentity {
  /** The machine or container in which its process id is unique. */
  place: string
  pid: number
  /** Its start time in the system's own format. */
  began: string
}

/** The number of the initial namespace on Linux, outside any container. */
const MACHINE_ITSELF = 'pid:[4026531836]'

export function ownIdentity(): ProcessIdentity {
  return { place: placeHere(), pid: process.pid, began: beginningOf(process.pid) ?? '' }
}

/** Whether it is, or was, a process of this machine or container. */
export function isHere({ place }: ProcessIdentity): boolean {
  return place === placeHere()
}

/** Whether it has certainly ended; false for every process on another machine or in another container. */
export function hasEnded({ place, pid, began }: ProcessIdentity): boolean {
  return place === placeHere() && began !== '' && beginningOf(pid) !== began
}

function placeHere(): string {
  if (process.platform !== 'linux') return hostname()
  const namespace = readlinkSync('/proc/self/ns/pid')
  // Containers may share a machine id, which comes with their image.
  const place = namespace === MACHINE_ITSELF ? machineId() : `${bootId()} ${namespace}`
  return createHash('sha256').update(place).digest('hex').slice(0, 16)
}

/** @returns undefined where there is no such process, or where it is a zombie */
function beginningOf(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const [state = '', ...began] = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', `${pid}`], { encoding: 'utf8' })
      .stdout.trim()
      .split(/\s+/)
    return state === '' || state.startsWith('Z') ? undefined : began.join(' ')
  }
  const stat = contentOf(`/proc/${pid}/stat`)
  // The second field, a name in parentheses, may hold spaces.
  const [state = 'X', ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  return /[ZX]/.test(state) ? undefined : `${bootId()} ${fields[18]}`
}

function machineId(): string {
  return contentOf('/etc/machine-id')?.trim() || bootId()
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
